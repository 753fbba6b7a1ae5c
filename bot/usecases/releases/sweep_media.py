"""Delete uploads that came to nothing: pictures and attachments that nobody handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bot.ports.clock import Clock
from bot.ports.media import MediaReferences, MediaShelf

MOST_A_TURN = 5000


@dataclass(frozen=True)
class SweepTools:
    """The folder, who refers to what is in it, and how many days a file may wait for that."""

    shelf: MediaShelf
    references: MediaReferences
    clock: Clock
    grace_days: int


@dataclass(frozen=True)
class Swept:
    """How many files were judged, and how many of them are gone."""

    judged: int
    deleted: int


def sweep_media(tools: SweepTools) -> Swept:
    """Judge the files that nobody has touched for the grace time: what nothing refers to is
    deleted, the others are judged again after another one."""
    before = tools.clock.now() - timedelta(days=tools.grace_days)
    old = list(islice(tools.shelf.untouched_since(before), MOST_A_TURN))
    if not old:
        return Swept(0, 0)
    unnamed = tools.references.unnamed(old)
    return Swept(len(old), _put_in_order(old, unnamed, before, tools.shelf))


def _put_in_order(
    old: Sequence[str], unnamed: frozenset[str], before: datetime, shelf: MediaShelf
) -> int:
    deleted = 0
    for sha256 in old:
        if sha256 in unnamed:
            deleted += shelf.discard(sha256, untouched_since=before)
        else:
            shelf.touch(sha256)
    return deleted
