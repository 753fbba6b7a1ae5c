"""Suggest what a reply is, by the office's keywords; a person confirms."""

from bot.domain.cases.routing import RoutingRule, route_of
from bot.domain.ids import ReplyId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools


def suggest_case(reply_id: ReplyId, *, actor: Actor, tools: CaseTools) -> RoutingRule | None:
    """The first rule that fits, with its class and department; None where no rule does.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.READ)
    with tools.storage.look() as uow:
        said = uow.replies.get(reply_id).incoming
        return route_of(tools.rules(uow).routing, said.text, said.account)
