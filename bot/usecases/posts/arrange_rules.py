"""Put the distribution rules in another order: the first that matches decides for an account."""

from collections.abc import Sequence

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import RuleId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.rules import Rule
from bot.ports.storage import Storage


def arrange_rules(order: Sequence[RuleId], *, actor: Actor, storage: Storage) -> Sequence[Rule]:
    """Store the order. Posts that are planned already stay as they are.

    Raises:
        NotAllowed: the actor may not manage accounts and rules.
        InvalidInput: a rule is missing, named twice, or unknown.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with storage.begin() as uow:
        before = [rule.id for rule in uow.rules.all()]
        if sorted(order) != sorted(before):
            said = "新的顺序要把每条规则各写一次；规则可能刚刚有增减，请重新查看"
            raise InvalidInput([Problem("order", said)])
        if list(order) != before:
            uow.rules.arrange(order)
            uow.audit.write(
                actor=actor.name,
                action="rule.arranged",
                object_kind="rule",
                object_id=order[0],
                details={"order": ",".join(order)},
            )
            uow.commit()
        return uow.rules.all()
