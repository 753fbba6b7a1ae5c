"""Set what is watched for."""

from dataclasses import replace

from bot.domain.errors import InvalidInput
from bot.domain.permissions import Actor, Permission
from bot.domain.topics.rules import WatchRules, watch_faults
from bot.ports.case_storage import RuleSet
from bot.ports.storage import Storage
from bot.usecases.cases.set_case_rules import require_newest, save_rules, stored_rules


def set_watch_rules(
    rules: WatchRules, *, actor: Actor, storage: Storage, seen: int | None = None
) -> RuleSet:
    """Put these in force for what comes from now on. `seen` is the version they were changed from.

    Raises:
        NotAllowed.
        InvalidInput: naming every fault.
        Conflict: somebody has set another version since.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    with storage.begin() as uow:
        known = frozenset(department.id for department in uow.departments.all())
        problems = watch_faults(rules, known)
        if problems:
            raise InvalidInput(problems)
        before = stored_rules(uow)
        require_newest(before, seen)
        return save_rules(uow, replace(before, watch=rules), actor)
