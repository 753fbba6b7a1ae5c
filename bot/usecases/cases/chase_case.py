"""Chase a case: the desk reminds (催办), a supervisor orders (督办)."""

from bot.domain.cases.case import STATE_NAMES, Case
from bot.domain.cases.history import EventKind
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change


def remind(
    case_id: CaseId, *, actor: Actor, tools: CaseTools, note: str = "", seen: int | None = None
) -> Case:
    """Ask whoever has it to go on.

    Raises:
        NotAllowed, NotFound.
        Conflict: nobody is owed an answer any more.
    """
    permission = (
        Permission.SUPERVISE if actor.may(Permission.SUPERVISE) else Permission.HANDLE_CASES
    )
    return _chased(
        case_id, EventKind.REMINDED, permission, note=note, seen=seen, actor=actor, tools=tools
    )


def supervise(
    case_id: CaseId, *, actor: Actor, tools: CaseTools, note: str = "", seen: int | None = None
) -> Case:
    """Put it under supervision: an order of the supervising office, kept in the history.

    Raises:
        NotAllowed, NotFound, Conflict.
    """
    return _chased(
        case_id,
        EventKind.SUPERVISED,
        Permission.SUPERVISE,
        note=note,
        seen=seen,
        actor=actor,
        tools=tools,
    )


def _chased(
    case_id: CaseId,
    kind: EventKind,
    permission: Permission,
    *,
    note: str,
    seen: int | None,
    actor: Actor,
    tools: CaseTools,
) -> Case:
    actor.require(permission)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        case = work.case
        if not case.is_running:
            raise Conflict(f"办理件 {case.number} {STATE_NAMES[case.state]}，不需要催办")
        return work.record(case, kind, note=note, department=case.department)
