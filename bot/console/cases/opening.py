"""开立办理件: taking up one reply, from its thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.cases.doing import class_in, department_in
from bot.console.visit import Visit
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Case
from bot.domain.cases.department import Department
from bot.domain.cases.routing import RoutingRule
from bot.domain.ids import ReplyId
from bot.domain.permissions import Permission
from bot.domain.replies.answer import Way, way_to
from bot.domain.replies.reply import Reply, ReplyKind
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.see_cases import confined_to
from bot.usecases.cases.suggest_case import suggest_case


@dataclass(frozen=True)
class Opening:
    """The case of a reply, or the form to open one; `can_be_told` says that a letter with number
    and check code may reach the asker."""

    case: Case | None
    can_open: bool = False
    suggested: RoutingRule | None = None
    departments: Sequence[Department] = ()
    can_be_told: bool = False


def opening_for(visit: Visit, reply: Reply) -> Opening:
    """What the thread of a reply shows of its case."""
    with visit.tools.storage.look() as uow:
        case = uow.cases.of_reply(reply.id)
        own = confined_to(uow, visit.actor)
        departments = uow.departments.all()
    if case is not None:
        return Opening(case if own in (None, case.department) else None)
    is_event = reply.incoming.kind is ReplyKind.EVENT
    if is_event or reply.erased_at is not None or not visit.may(Permission.HANDLE_CASES):
        return Opening(None)
    today = visit.tools.clock.now().astimezone(BEIJING).date()
    return Opening(
        None,
        can_open=True,
        suggested=suggest_case(reply.id, actor=visit.actor, tools=visit.tools.cases),
        departments=[each for each in departments if each.exists_on(today)],
        can_be_told=way_to(reply.incoming.kind) is Way.LETTER and bool(reply.incoming.sender),
    )


def open_from(visit: Visit, reply: ReplyId) -> Case:
    """Open a case for the reply, as the form says."""
    wanted = NewCase(
        class_in(visit),
        reply=reply,
        department=department_in(visit),
        is_urgent=visit.fields.get("urgent") == "1",
    )
    tell = visit.fields.get("tell") == "1"
    return open_case(wanted, actor=visit.actor, tools=visit.tools.cases, tell_number=tell)
