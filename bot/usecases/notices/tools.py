"""What noticing and telling need from the world, handed over as one value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.notices.channel import ChannelKind
from bot.domain.notices.condition import Condition, ConditionKind
from bot.ports.clock import Ids
from bot.ports.notices import NoticeSender
from bot.ports.storage import Storage
from bot.ports.vault import Vault


@dataclass(frozen=True)
class Sighting:
    """What one look found, and of which kinds it could not tell."""

    conditions: tuple[Condition, ...]
    unseen: frozenset[ConditionKind] = frozenset()


Lookout = Callable[[], Sighting]
"""Looks at one part of the house. A room that has something to tell (the reply desk: deadlines)
adds a lookout of its own to the tools; it may raise `StorageUnavailable`, nothing else."""


@dataclass(frozen=True)
class NoticeTools:
    """`public_url` is put before the page a notice leads to."""

    storage: Storage
    vault: Vault
    ids: Ids
    senders: Mapping[ChannelKind, NoticeSender]
    lookouts: Iterable[Lookout]
    public_url: str
