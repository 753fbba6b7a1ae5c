"""Give a case to a department; given to another one, it is transferred (转办)."""

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import assigned
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId, DepartmentId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change, department_for


def assign_case(
    case_id: CaseId,
    department: DepartmentId,
    *,
    actor: Actor,
    tools: CaseTools,
    note: str = "",
    seen: int | None = None,
) -> Case:
    """The department gets it and has to sign for it (签收). The clock goes on as it was.

    Raises:
        NotAllowed, NotFound, IllegalMove.
        Conflict: the department has it already, or has ended.
    """
    actor.require(Permission.HANDLE_CASES)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        before = work.case
        to = department_for(work.uow, department, work.now)
        if before.department == to.id:
            raise Conflict(f"办理件 {before.number} 已经由“{to.name}”承办")
        kind = EventKind.ASSIGNED if before.department is None else EventKind.TRANSFERRED
        return work.record(
            assigned(before, to.id),
            kind,
            note=note,
            department=to.id,
            before=before.department,
        )
