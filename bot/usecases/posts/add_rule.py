"""Add distribution rules."""

from collections.abc import Sequence

from bot.domain.permissions import Actor, Permission
from bot.domain.posts.rules import Rule
from bot.ports.storage import Storage


def add_rules(rules: Sequence[Rule], *, actor: Actor, storage: Storage) -> None:
    """Store rules behind those there are, all or none.

    Raises:
        NotAllowed: the actor may not manage accounts and rules.
        NotFound: a rule names an account or source that is not there.
        Conflict: an id is taken.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with storage.begin() as uow:
        for rule in rules:
            for account in rule.accounts:
                uow.accounts.get(account)
            for source in rule.sources:
                uow.sources.get(source)
            uow.rules.add(rule)
            uow.audit.write(
                actor=actor.name,
                action="rule.added",
                object_kind="rule",
                object_id=rule.id,
                details={"approval": rule.approval.value, "policy": rule.policy.value},
            )
        uow.commit()
