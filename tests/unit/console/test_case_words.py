"""Clocks of cases in words."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.console.words.cases import CASE_WORDS, clock_word, settled_word
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import CaseState
from bot.domain.workdays import TermUnit
from bot.regulations.calendar import work_calendar

THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=BEIJING)


@dataclass(frozen=True)
class Clock:
    """A clock as a list has it."""

    due_at: datetime
    term_unit: TermUnit = TermUnit.WORKING_DAYS
    is_provisional: bool = False
    is_paused: bool = False


def end_of(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (Clock(end_of(12, 1)), "还剩 3 个工作日"),
        (Clock(end_of(11, 27)), "还剩 1 个工作日"),
        (Clock(end_of(11, 26)), "今天到期"),
        (Clock(end_of(11, 24)), "已超期 2 个工作日"),
        (Clock(end_of(12, 31), is_provisional=True), "还剩 25 个工作日（暂定）"),
        (Clock(end_of(12, 1), TermUnit.DAYS), "还剩 5 天"),
        (Clock(THURSDAY.replace(hour=18, minute=12), TermUnit.HOURS), "还剩 3 小时 12 分"),
        (Clock(THURSDAY.replace(hour=12), TermUnit.HOURS), "已超期 3 小时"),
        (Clock(end_of(12, 1), is_paused=True), "计时暂停"),
    ],
)
def test_a_clock_is_told_in_the_unit_of_its_term(clock: Clock, words: str) -> None:
    """Working days, days, or hours."""
    assert clock_word(clock, THURSDAY, work_calendar()).text == words


def test_what_is_over_on_a_day_off_is_late_by_time() -> None:
    """No working day has passed since: zero of them would say that it is not late."""
    saturday = datetime(2026, 11, 28, 2, 0, tzinfo=BEIJING)

    assert clock_word(Clock(end_of(11, 27)), saturday, work_calendar()).text == "已超期 2 小时"


def test_what_was_answered_was_in_time_or_not() -> None:
    """To the moment."""
    assert settled_word(end_of(11, 26), THURSDAY).text == "按时答复"
    assert settled_word(end_of(11, 24), THURSDAY).text == "超期答复"


def test_every_state_has_its_word() -> None:
    """None reaches a page as a code of ours."""
    assert set(CASE_WORDS) == {state.value for state in CaseState}
