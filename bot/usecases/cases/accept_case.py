"""A department signs for a case that was given to it (签收)."""

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import accepted
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change


def accept_case(
    case_id: CaseId, *, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """The receipt of a transfer: who signed, and when.

    Raises:
        NotAllowed: it is another department's.
        NotFound.
        Conflict: there is nothing to sign for.
    """
    hand = Permission.HANDLE_CASES
    with change(case_id, seen=seen, actor=actor, storage=tools.storage, hand=hand) as work:
        case = accepted(work.case, by=actor.name, at=work.now)
        return work.record(case, EventKind.ACCEPTED, department=case.department)
