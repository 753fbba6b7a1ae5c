"""Change a distribution rule, or switch it off."""

from dataclasses import fields, replace

from bot.domain.permissions import Actor, Permission
from bot.domain.posts.rules import Rule
from bot.ports.storage import Storage
from bot.usecases.posts.add_rule import require_sound


def change_rule(rule: Rule, *, actor: Actor, storage: Storage) -> Rule:
    """Put `rule` in the place of the one with its id, as its next version. Posts that are planned
    already stay as they are.

    Raises:
        NotAllowed: the actor may not manage accounts and rules.
        NotFound: there is no such rule, or it names an account or source that is not there.
        InvalidInput: it has no name or no account, or waits less than nothing.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with storage.begin() as uow:
        before = uow.rules.get(rule.id)
        require_sound(uow, rule)
        different = [
            f.name for f in fields(Rule) if getattr(before, f.name) != getattr(rule, f.name)
        ]
        different = [name for name in different if name != "version"]
        if not different:
            return before
        changed = replace(rule, version=before.version + 1)
        uow.rules.save(changed)
        uow.audit.write(
            actor=actor.name,
            action="rule.changed",
            object_kind="rule",
            object_id=rule.id,
            details={"changed": ",".join(different), "version": str(changed.version)},
        )
        uow.commit()
    return changed
