"""Handle a case again whose answer did not settle it."""

from bot.domain.cases.case import Case
from bot.domain.cases.clock import deadline_of
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import reopened
from bot.domain.cases.rules import Matter, rule_for
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change


def reopen_case(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """On a clock of its own that begins now, by the rules of today.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict.
        InvalidInput: no reason is given.
    """
    actor.require(Permission.HANDLE_CASES)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明重新办理的原因")])
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        case = work.case
        matter = Matter(case.account, case.entry, case.is_urgent)
        rule = rule_for(tools.rules(work.uow).deadlines, case.case_class, matter)
        deadline = deadline_of(rule, since=work.now, calendar=tools.calendar)
        return work.record(reopened(case, deadline), EventKind.REOPENED, note=reason)
