"""Set the profiles by which tables of other desks are read."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import InvalidInput
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.importing import ImportProfile, profile_faults
from bot.ports.case_storage import RuleSet
from bot.ports.storage import Storage
from bot.usecases.cases.set_case_rules import require_newest, save_rules, stored_rules


def set_import_profiles(
    profiles: Sequence[ImportProfile], *, actor: Actor, storage: Storage, seen: int | None = None
) -> RuleSet:
    """Put these in force instead of those there are; none at all brings back ours. `seen` is the
    version they were changed from.

    Raises:
        NotAllowed.
        InvalidInput: an id or a name twice, no column of words, or an entry that is none.
        Conflict: somebody has set another version since.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    problems = profile_faults(profiles)
    if problems:
        raise InvalidInput(problems)
    with storage.begin() as uow:
        before = stored_rules(uow)
        require_newest(before, seen)
        return save_rules(uow, replace(before, profiles=tuple(profiles)), actor)
