"""Handle a case together with another one."""

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import merged
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change, record_event


def merge_cases(
    case_id: CaseId, *, into: CaseId, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """Put the case into another; whoever looks up its number is told so.

    Raises:
        NotAllowed, NotFound, IllegalMove.
        Conflict: into itself, or into one that is merged, withdrawn or less sensitive.
    """
    actor.require(Permission.HANDLE_CASES)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        other = work.uow.cases.claim(into)
        if work.case.care is not None and other.care is None:
            raise Conflict(f"敏感件只能并入敏感件，请先把受理编号 {other.number} 标为敏感件")
        case = work.record(merged(work.case, other), EventKind.MERGED, into=into)
        record_event(work.uow, other, EventKind.TOOK_IN, actor, taken=case_id)
        return case
