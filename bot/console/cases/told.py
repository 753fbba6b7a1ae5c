"""What a case's page tells of its clock, and what the office's keywords suggest."""

from dataclasses import dataclass
from datetime import datetime

from bot.console.visit import Visit
from bot.console.words.cases import clock_word, settled_word
from bot.console.words.states import Word
from bot.domain.cases.case import Case
from bot.domain.cases.clock import Deadline
from bot.domain.cases.routing import RoutingRule
from bot.domain.ids import ReplyId
from bot.domain.permissions import Permission
from bot.domain.workdays import TermUnit, WorkCalendar
from bot.usecases.cases.suggest_case import suggest_case


@dataclass(frozen=True)
class _Running:
    """A deadline as `words.cases` reads clocks."""

    deadline: Deadline

    @property
    def due_at(self) -> datetime:
        return self.deadline.due_at

    @property
    def term_unit(self) -> TermUnit:
        return self.deadline.term.unit

    @property
    def is_provisional(self) -> bool:
        return self.deadline.is_provisional

    @property
    def is_paused(self) -> bool:
        return self.deadline.is_paused


def clock_of(case: Case, now: datetime, calendar: WorkCalendar) -> Word | None:
    """The clock of a case in words; nothing where nobody waits or waited."""
    if case.is_running:
        return clock_word(_Running(case.deadline), now, calendar)
    return settled_word(case.deadline.due_at, case.answered_at) if case.answered_at else None


def suggestion_for(visit: Visit, case: Case) -> RoutingRule | None:
    """The office's keyword rule that fits the words, while somebody has yet to find a
    department."""
    wanted = case.reply and case.department is None and case.is_running
    if not wanted or not visit.may(Permission.HANDLE_CASES):
        return None
    return suggest_case(ReplyId(case.reply or ""), actor=visit.actor, tools=visit.tools.cases)
