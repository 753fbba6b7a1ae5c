"""Say how long words are kept: the office's rules, every version of them kept."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cases.retention import RetentionRule, require_sound
from bot.domain.permissions import Actor, Permission
from bot.ports.case_storage import RuleSet
from bot.ports.storage import Storage
from bot.usecases.cases.set_case_rules import require_newest, save_rules, stored_rules


def set_retention(
    rules: Sequence[RetentionRule], *, actor: Actor, storage: Storage, seen: int | None = None
) -> RuleSet:
    """Put these in force instead of those there are; erasing by them begins a day
    later, so that a slip can be mended. None at all means that nothing is erased because of its
    age. `seen` is the version they were changed from.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: a rule without name, basis or term, or a name twice.
        Conflict: somebody has set another version since.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    require_sound(rules)
    with storage.begin() as uow:
        for account in (account for rule in rules for account in rule.accounts):
            uow.accounts.get(account)
        before = stored_rules(uow)
        require_newest(before, seen)
        return save_rules(
            uow, replace(before, retention=tuple(rules), retention_since=uow.now()), actor
        )
