"""Add distribution rules."""

from collections.abc import Sequence

from bot.domain.errors import InvalidInput
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.rules import Rule, rule_problems
from bot.ports.storage import Storage, UnitOfWork


def add_rules(rules: Sequence[Rule], *, actor: Actor, storage: Storage) -> None:
    """Store rules behind those there are, all or none.

    Raises:
        NotAllowed: the actor may not manage accounts and rules.
        NotFound: a rule names an account or source that is not there.
        InvalidInput: a rule has no name or no account.
        Conflict: an id is taken.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with storage.begin() as uow:
        for rule in rules:
            require_sound(uow, rule)
            uow.rules.add(rule)
            uow.audit.write(
                actor=actor.name,
                action="rule.added",
                object_kind="rule",
                object_id=rule.id,
                details={"approval": rule.approval.value, "policy": rule.policy.value},
            )
        uow.commit()


def require_sound(uow: UnitOfWork, rule: Rule) -> None:
    """Go on only with a rule that says enough, of accounts and sources that are there.

    Raises:
        NotFound, InvalidInput.
    """
    problems = rule_problems(rule)
    if problems:
        raise InvalidInput(problems)
    for account in rule.accounts:
        uow.accounts.get(account)
    for source in rule.sources:
        uow.sources.get(source)
