"""The clock of a case: which rule it runs by, when it ends, and when somebody is told before."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cases.rules import DeadlineRule
from bot.domain.workdays import WorkCalendar


class MarkKind(StrEnum):
    """What a mark on the clock means: warn, a step that law asks for on the way, or too late."""

    WARNING = "warning"
    MILESTONE = "milestone"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Mark:
    """A moment on the clock; `name` says what is due (舆情: 新闻发布会)."""

    kind: MarkKind
    at: datetime
    name: str = ""


@dataclass(frozen=True)
class Deadline:
    """A deadline as it was computed: rule, its version, term and legal basis are kept with it,
    so that a rule that changes later changes no clock that runs. `is_paused`: time that passes
    does not count just now."""

    rule: str
    rule_version: int
    term: str
    basis: str
    begun_at: datetime
    due_at: datetime
    is_provisional: bool
    needs_review: bool
    marks: tuple[Mark, ...] = ()
    is_paused: bool = False


def deadline_of(rule: DeadlineRule, *, since: datetime, calendar: WorkCalendar) -> Deadline:
    """The deadline of something received at `since`.

    Marks lie before the end; those that would lie before the beginning are left out.
    """
    ending = calendar.end_of(rule.term, since=since)
    warnings = (Mark(MarkKind.WARNING, calendar.before(ending.at, w)) for w in rule.warn_before)
    steps = (
        Mark(MarkKind.MILESTONE, calendar.end_of(step.term, since=since).at, step.name)
        for step in rule.steps
    )
    marks = {mark for mark in (*warnings, *steps) if mark.at > since}
    marks.add(Mark(MarkKind.OVERDUE, ending.at))
    return Deadline(
        rule=rule.id,
        rule_version=rule.version,
        term=rule.term.in_words,
        basis=rule.basis,
        begun_at=since,
        due_at=ending.at,
        is_provisional=ending.is_provisional,
        needs_review=rule.needs_review,
        marks=tuple(sorted(marks, key=lambda mark: (mark.at, mark.kind))),
    )
