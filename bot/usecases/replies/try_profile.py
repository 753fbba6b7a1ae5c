"""Try a profile on what its source has sent before, without storing anything."""

import json
from collections.abc import Sequence

from bot.domain.accounts.account import PlatformName
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.importing import ImportProfile, Sorted, Table, sort_out
from bot.ports.storage import Storage, UnitOfWork

MOST_TRIED = 100


def try_profile(profile: ImportProfile, *, actor: Actor, storage: Storage) -> Sorted | None:
    """What the newest rows of the source (the one of this name) would become; None where it has
    sent nothing yet.

    Raises:
        NotAllowed.
        InvalidInput: none of its rows has a column that the profile names.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    with storage.look() as uow:
        rows, now = _rows(uow, profile.name), uow.now()
    if not rows:
        return None
    headings = tuple(dict.fromkeys(name for row in rows for name in row))
    cells = tuple(
        (number, tuple(row.get(name, "") for name in headings))
        for number, row in enumerate(rows, start=2)
    )
    return sort_out(Table(headings, cells), profile, now=now)


def _rows(uow: UnitOfWork, source: str) -> Sequence[dict[str, str]]:
    account = uow.accounts.by_name(source)
    if account is None or account.platform is not PlatformName.FILES:
        return []
    sent = uow.replies.recent(account.id, limit=MOST_TRIED)
    return [json.loads(said.raw) for said in sent if said.raw]
