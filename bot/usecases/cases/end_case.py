"""End a case: close what was answered, or withdraw what needs no answer any more."""

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import closed, withdrawn
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change


def close_case(
    case_id: CaseId, *, actor: Actor, tools: CaseTools, note: str = "", seen: int | None = None
) -> Case:
    """The answer settled it (办结).

    Raises:
        NotAllowed, NotFound, Conflict.
        IllegalMove: it is not answered yet.
    """
    actor.require(Permission.HANDLE_CASES)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        return work.record(closed(work.case, at=work.now), EventKind.CLOSED, note=note)


def withdraw_case(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """The asker took it back, or it was opened by mistake.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict.
        InvalidInput: no reason is given.
    """
    actor.require(Permission.HANDLE_CASES)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明撤回的原因")])
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        return work.record(withdrawn(work.case), EventKind.WITHDRAWN, note=reason)
