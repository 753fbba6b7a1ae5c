"""The clock of a case: which rule it runs by, when it ends, and when somebody is told before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.cases.rules import DeadlineRule
from bot.domain.workdays import Ending, Term, WorkCalendar


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
    term: Term
    basis: str
    begun_at: datetime
    due_at: datetime
    is_provisional: bool
    needs_review: bool
    marks: tuple[Mark, ...] = ()
    is_paused: bool = False
    warn_before: tuple[Term, ...] = ()


def deadline_of(rule: DeadlineRule, *, since: datetime, calendar: WorkCalendar) -> Deadline:
    """The deadline of something received at `since`.

    Marks lie before the end; those that would lie before the beginning are left out.
    """
    ending = calendar.end_of(rule.term, since=since)
    steps = tuple(
        Mark(MarkKind.MILESTONE, calendar.end_of(step.term, since=since).at, step.name)
        for step in rule.steps
    )
    return Deadline(
        rule=rule.id,
        rule_version=rule.version,
        term=rule.term,
        basis=rule.basis,
        begun_at=since,
        due_at=ending.at,
        is_provisional=ending.is_provisional,
        needs_review=rule.needs_review,
        warn_before=rule.warn_before,
        marks=marks_of(ending.at, rule.warn_before, steps, since=since, calendar=calendar),
    )


def marks_of(
    end: datetime,
    warn_before: Sequence[Term],
    steps: Sequence[Mark] = (),
    *,
    since: datetime,
    calendar: WorkCalendar,
) -> tuple[Mark, ...]:
    """The marks of a clock in their order, its end the last of them but for later steps."""
    warnings = (Mark(MarkKind.WARNING, calendar.before(end, term)) for term in warn_before)
    marks = {mark for mark in (*warnings, *steps) if mark.at > since}
    marks.add(Mark(MarkKind.OVERDUE, end))
    return tuple(sorted(marks, key=lambda mark: (mark.at, mark.kind)))


def counted_again(deadline: Deadline, ending: Ending, calendar: WorkCalendar) -> Deadline:
    """The same term on a calendar that is known better by now."""
    steps = [mark for mark in deadline.marks if mark.kind is MarkKind.MILESTONE]
    since = deadline.begun_at
    marks = marks_of(ending.at, deadline.warn_before, steps, since=since, calendar=calendar)
    return replace(
        deadline,
        due_at=ending.at,
        is_provisional=ending.is_provisional,
        marks=() if deadline.is_paused else marks,
    )
