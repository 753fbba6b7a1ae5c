"""A department returns a case that is not its own (退件)."""

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import returned
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change


def return_case(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """Back to the desk, with the reason. The clock goes on: the asker cannot help it.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict.
        InvalidInput: no reason is given.
    """
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明退回的原因，以及应当由哪个部门办理")])
    hand = Permission.HANDLE_CASES
    with change(case_id, seen=seen, actor=actor, storage=tools.storage, hand=hand) as work:
        before = work.case.department
        return work.record(returned(work.case), EventKind.RETURNED, note=reason, department=before)
