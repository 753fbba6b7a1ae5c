"""Say that one is writing an answer, and hear who else is."""

from bot.domain.cases.claim import Claim
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, require_hand


def claim_case(case_id: CaseId, *, actor: Actor, tools: CaseTools) -> Claim | None:
    """Somebody begins to write, or goes on: others are warned for ten minutes. Returns the claim
    of another who is writing just now; theirs stays, and nobody is stopped.

    Raises:
        NotAllowed, NotFound.
    """
    with tools.storage.begin() as uow:
        case = uow.cases.get(case_id)
        require_hand(uow, case, actor, Permission.HANDLE_CASES)
        standing, now = uow.cases.claim_on(case_id), uow.now()
        if standing is not None and standing.warns(actor.name, now):
            return standing
        uow.cases.save_claim(Claim(case_id, actor.name, now))
        uow.commit()
    return None
