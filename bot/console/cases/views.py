"""The views of the list of cases: what each shows, to whom it is offered, and what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console.visit import Visit
from bot.domain.cases.case import CaseState
from bot.domain.ids import DepartmentId
from bot.domain.permissions import Permission
from bot.domain.workdays import Term, TermUnit, WorkCalendar
from bot.ports.case_overview import CaseCounts, CaseFilter, CaseKey

_P, _S = Permission, CaseState
NEAR = Term(1, TermUnit.WORKING_DAYS)
UNPLACED = (_S.RECEIVED, _S.RETURNED, _S.REOPENED)
"""States in which the desk has to find a department, or answer itself."""


@dataclass(frozen=True)
class View:
    """One view. `count` is what somebody must act upon; 0 is not shown. `begins` is where the
    list starts, for a view of what is not late yet."""

    name: str
    label: str
    wanted: CaseFilter
    count: int = 0
    begins: CaseKey | None = None


@dataclass(frozen=True)
class Looker:
    """Who looks: `department` is theirs, `confined` that they see no other's cases."""

    department: DepartmentId | None
    confined: DepartmentId | None

    @property
    def departments(self) -> tuple[str, ...]:
        """What every list is narrowed to; empty is everything."""
        return (self.confined,) if self.confined else ()


def near_end(now: datetime, calendar: WorkCalendar) -> datetime:
    """Up to when a deadline is near: the end of the next working day."""
    return calendar.end_of(NEAR, since=now).at


def views_for(visit: Visit, looker: Looker) -> Sequence[View]:
    """The views this person has a use for, all that waits first."""
    now, theirs = visit.tools.clock.now(), looker.departments
    counts = visit.tools.overview.case_counts(departments=theirs)
    near = near_end(now, visit.tools.work_calendar)
    acts = any(visit.may(p) for p in (_P.HANDLE_CASES, _P.HANDLE_OWN_CASES, _P.SUPERVISE))
    shown = [View("", "办理中", CaseFilter(running=True, departments=theirs))]
    if visit.may(_P.HANDLE_CASES):
        waiting = sum(counts.states[state] for state in UNPLACED)
        shown.append(View("unplaced", "待交办", CaseFilter(states=UNPLACED), waiting))
    shown += _own(visit, looker)
    if visit.may(_P.APPROVE_ANSWER):
        wanted = CaseFilter(states=(_S.IN_REVIEW,), departments=theirs)
        shown.append(View("review", "待审核", wanted, counts.states[_S.IN_REVIEW]))
    due = CaseFilter(due_before=near, departments=theirs)
    late = CaseFilter(due_before=now, departments=theirs)
    return [
        *shown,
        View("near", "快到期", due, begins=CaseKey(now, "")),
        View("late", "已超期", late, counts.overdue if acts else 0),
        View("all", "全部", CaseFilter(departments=theirs)),
    ]


def _own(visit: Visit, looker: Looker) -> Sequence[View]:
    shown = list[View]()
    if looker.department is not None and visit.may(_P.HANDLE_OWN_CASES):
        own = (looker.department,)
        counts: CaseCounts = visit.tools.overview.case_counts(departments=own)
        wanted = CaseFilter(states=(_S.ASSIGNED,), departments=own)
        shown.append(View("sign", "待我签收", wanted, counts.states[_S.ASSIGNED]))
    if visit.may(_P.HANDLE_CASES) or visit.may(_P.HANDLE_OWN_CASES):
        mine = CaseFilter(handler=visit.user.login, running=True, departments=looker.departments)
        shown.append(View("mine", "我负责的", mine))
    return shown
