"""How well the written rules were kept: by month and department, of the cases whose term ended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from bot.domain.accounts.budgets import BEIJING

NOBODY = "未交办"
"""Where a case stands that no department was given."""


@dataclass(frozen=True)
class OwedBy:
    """A case whose term has ended, and whose it is. `reminded` and `supervised` count how often
    somebody had to ask for the answer."""

    department: str
    received_at: datetime
    due_at: datetime
    accepted_at: datetime | None
    answered_at: datetime | None
    is_closed: bool = False
    reminded: int = 0
    supervised: int = 0


@dataclass(frozen=True)
class Compliance:
    """One department in one month. `late` came after their term, `missing` have not come.
    Medians are in hours, None where there is nothing to take them of."""

    month: date
    department: str
    due: int
    in_time: int
    late: int
    missing: int
    closed: int
    reminded: int
    supervised: int
    hours_to_accept: float | None
    hours_to_answer: float | None

    @property
    def percent_in_time(self) -> int:
        """Rounded down: 100 means all."""
        return self.in_time * 100 // self.due


def compliance_of(owed: Iterable[OwedBy]) -> Sequence[Compliance]:
    """The newest month first; within a month the department that kept its terms worst."""
    groups: dict[tuple[date, str], list[OwedBy]] = defaultdict(list)
    for case in owed:
        month = case.due_at.astimezone(BEIJING).date().replace(day=1)
        groups[month, case.department or NOBODY].append(case)
    lines = [_compliance(month, name, cases) for (month, name), cases in groups.items()]
    return sorted(
        lines, key=lambda one: (-one.month.toordinal(), one.percent_in_time, one.department)
    )


def _compliance(month: date, department: str, cases: Sequence[OwedBy]) -> Compliance:
    answered = [case for case in cases if case.answered_at is not None]
    in_time = sum(_is_in_time(case) for case in cases)
    return Compliance(
        month=month,
        department=department,
        due=len(cases),
        in_time=in_time,
        late=len(answered) - in_time,
        missing=len(cases) - len(answered),
        closed=sum(case.is_closed for case in cases),
        reminded=sum(case.reminded for case in cases),
        supervised=sum(case.supervised for case in cases),
        hours_to_accept=_median([_hours(c.received_at, c.accepted_at) for c in cases]),
        hours_to_answer=_median([_hours(c.received_at, c.answered_at) for c in cases]),
    )


def _is_in_time(case: OwedBy) -> bool:
    return case.answered_at is not None and case.answered_at <= case.due_at


def _hours(since: datetime, until: datetime | None) -> float | None:
    return (until - since).total_seconds() / 3600 if until is not None else None


def _median(hours: Iterable[float | None]) -> float | None:
    known = [one for one in hours if one is not None]
    return median(known) if known else None
