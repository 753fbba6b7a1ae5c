"""Count provisional deadlines again once the calendar of their year is official."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.cases.clock import Deadline, counted_again
from bot.domain.cases.disclosure import due
from bot.domain.cases.history import EventKind
from bot.domain.ids import CaseId
from bot.domain.permissions import SYSTEM
from bot.usecases.cases.tools import CaseTools, CaseWork, change

CASES_A_TURN = 200


def count_again(tools: CaseTools) -> int:
    """Deadlines that reach into a year whose notice has come since are counted on it, on the
    terms they always had; the change is a step of the case. Returns how many were."""
    last = tools.calendar.official_until()
    if last is None:
        return 0
    until = datetime(last.year + 1, 1, 1, tzinfo=UTC)
    with tools.storage.begin() as uow:
        found = uow.cases.provisional(until=until, limit=CASES_A_TURN)
    return sum(_counted(case_id, tools) for case_id in found)


def _counted(case_id: CaseId, tools: CaseTools) -> bool:
    with change(case_id, seen=None, actor=SYSTEM, storage=tools.storage) as work:
        deadline = _deadline(work, tools)
        if not work.case.is_running or deadline.is_provisional:
            return False
        before = work.case.deadline.due_at.isoformat()
        case = replace(work.case, deadline=deadline)
        work.record(case, EventKind.COUNTED_AGAIN, before=before, due=deadline.due_at.isoformat())
    return True


def _deadline(work: CaseWork, tools: CaseTools) -> Deadline:
    application = work.uow.cases.application(work.case.id)
    known = work.case.deadline
    if application is not None:
        ending = due(application, calendar=tools.calendar)
    else:
        ending = tools.calendar.end_of(known.term, since=known.begun_at)
    return counted_again(known, ending, tools.calendar)
