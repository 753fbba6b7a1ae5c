"""Cases in the words of staff: their states with a tone, and their clocks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from bot.console.words.states import Tone, Word
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import STATE_NAMES, CaseState
from bot.domain.durations import span
from bot.domain.workdays import TermUnit, WorkCalendar

_S, _T = CaseState, Tone
_TONES: Mapping[CaseState, Tone] = {
    _S.RECEIVED: _T.ATTENTION,
    _S.ASSIGNED: _T.ATTENTION,
    _S.ANSWERING: _T.MOVING,
    _S.IN_REVIEW: _T.ATTENTION,
    _S.ANSWERED: _T.DONE,
    _S.CLOSED: _T.QUIET,
    _S.REOPENED: _T.ATTENTION,
    _S.RETURNED: _T.ATTENTION,
    _S.MERGED: _T.QUIET,
    _S.WITHDRAWN: _T.QUIET,
}
CASE_WORDS = {state.value: Word(name, _TONES[state]) for state, name in STATE_NAMES.items()}
PAUSED = Word("计时暂停", Tone.QUIET)
_LAST_SECONDS = 86_400


class Clock(Protocol):
    """What is told of a case's clock."""

    @property
    def due_at(self) -> datetime: ...
    @property
    def term_unit(self) -> TermUnit: ...
    @property
    def is_provisional(self) -> bool: ...
    @property
    def is_paused(self) -> bool: ...


def clock_word(clock: Clock, now: datetime, calendar: WorkCalendar) -> Word:
    """A clock that runs: “还剩 2 个工作日”, in hours where the term is one of hours; “暂定” while
    the calendar of its year is not published."""
    if clock.is_paused:
        return PAUSED
    left = (clock.due_at - now).total_seconds()
    told = _late(clock, now, calendar) if left < 0 else _left(clock, left, now, calendar)
    return Word(f"{told.text}（暂定）", told.tone) if clock.is_provisional else told


def settled_word(due_at: datetime, answered_at: datetime) -> Word:
    """What the clock came to."""
    in_time = answered_at <= due_at
    return Word("按时答复", Tone.DONE) if in_time else Word("超期答复", Tone.DANGER)


def _left(clock: Clock, left: float, now: datetime, calendar: WorkCalendar) -> Word:
    if clock.term_unit is TermUnit.HOURS or left < _LAST_SECONDS / 24:
        return Word(f"还剩 {span(left)}", Tone.ATTENTION)
    today, last = _day(now), _day(clock.due_at)
    if today == last:
        return Word("今天到期", Tone.ATTENTION)
    if clock.term_unit is TermUnit.DAYS:
        return Word(f"还剩 {(last - today).days} 天", Tone.QUIET)
    days = calendar.working_days_between(today, last)
    return Word(f"还剩 {days} 个工作日", Tone.ATTENTION if days <= 1 else Tone.QUIET)


def _late(clock: Clock, now: datetime, calendar: WorkCalendar) -> Word:
    days = calendar.working_days_between(_day(clock.due_at), _day(now))
    if clock.term_unit is TermUnit.HOURS or not days:
        return Word(f"已超期 {span((now - clock.due_at).total_seconds())}", Tone.DANGER)
    return Word(f"已超期 {days} 个工作日", Tone.DANGER)


def _day(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()
