"""Open cases by the office's own keyword rules, as far as those say that they may."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.cases.routing import RoutingRule, route_of
from bot.domain.errors import Conflict
from bot.domain.ids import AccountId
from bot.domain.permissions import SYSTEM
from bot.domain.replies.reply import Reply
from bot.ports.case_storage import RuleSet
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.tools import CaseTools

ROUTED = "_routing"
"""A cursor of its own: what was received before it has been looked at."""
SETTLING = timedelta(seconds=10)
"""Replies are committed some seconds after they were received; until then more may come before."""
REPLIES_A_TURN = 200


def open_by_rules(tools: CaseTools) -> int:
    """Look at what came since last time on every account, at first since the rules were set;
    returns how many cases were opened.

    A reply that was answered at once by an answer rule is left to people."""
    with tools.storage.begin() as uow:
        in_force = tools.rules(uow)
        accounts = [account.id for account in uow.accounts.all()]
    if not any(rule.opens for rule in in_force.routing):
        return 0
    return sum(_open_of(account, in_force, tools) for account in accounts)


def _open_of(account: AccountId, in_force: RuleSet, tools: CaseTools) -> int:
    replies, until = _unseen(account, in_force.at, tools)
    opened = sum(_opened(reply, in_force.routing, tools) for reply in replies)
    if replies:
        with tools.storage.begin() as uow:
            uow.replies.save_cursor(account, ROUTED, {"until": until.isoformat()})
            uow.commit()
    return opened


def _unseen(account: AccountId, first: datetime, tools: CaseTools) -> tuple[list[Reply], datetime]:
    with tools.storage.begin() as uow:
        known = uow.replies.cursor(account, ROUTED).get("until", "")
        after = datetime.fromisoformat(known) if known else first
        until = uow.now() - SETTLING
        replies = list(
            uow.cases.without_case(account, after=after, until=until, limit=REPLIES_A_TURN)
        )
    return replies, replies[-1].received_at if replies else until


def _opened(reply: Reply, rules: Sequence[RoutingRule], tools: CaseTools) -> bool:
    said = reply.incoming
    rule = route_of(rules, said.text, said.account)
    if rule is None or not rule.opens or reply.answered is not None:
        return False
    wanted = NewCase(
        rule.case_class,
        reply=reply.id,
        department=rule.department,
        is_urgent=rule.is_urgent,
        by_rule=rule.name,
    )
    try:
        open_case(wanted, actor=SYSTEM, tools=tools)
    except Conflict:
        return False
    return True
