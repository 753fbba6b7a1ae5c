"""Telling staff: the outbox, the channels, and what brings a notice through one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.notices.channel import Notice, NoticeChannel
from bot.domain.notices.watching import Alert


class Notices(Protocol):
    """Channels, alerts and the outbox, in one unit of work."""

    def add_channel(self, channel: NoticeChannel, sealed_secrets: str) -> None:
        """Store a new one.

        Raises:
            Conflict: its name is taken.
        """
        ...

    def save_channel(self, channel: NoticeChannel) -> None: ...
    def channels(self) -> Sequence[NoticeChannel]: ...
    def channel(self, name: str) -> NoticeChannel:
        """The channel of this name.

        Raises:
            NotFound: there is none.
        """
        ...

    def sealed_secrets(self, channel: str) -> str: ...

    def claim_alerts(self) -> Sequence[Alert]:
        """Every alert that has not ended; until this unit of work ends nobody else gets them."""
        ...

    def replace_alerts(self, alerts: Sequence[Alert]) -> None: ...

    def put(self, notice: Notice) -> bool:
        """Store it, unless the channel has one with this key; says whether it did."""
        ...

    def take_due(self, *, limit: int, seconds: float) -> Sequence[Notice]:
        """Waiting notices whose time has come, as far as each channel's minute allows; they count
        as tried now, and nobody else gets them for so long."""
        ...

    def save(self, notice: Notice) -> None: ...
    def recent(self, *, channel: str, limit: int = 100) -> Sequence[Notice]:
        """The newest first."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Delete those made before that wait for nothing more."""
        ...

    def last_backup(self) -> tuple[datetime, str] | None:
        """When a backup was last tried, and what went wrong (nothing: it went well)."""
        ...

    def note_backup(self, *, at: datetime, fault: str) -> None: ...


class NoticeSender(Protocol):
    """One kind of channel."""

    def send(self, channel: NoticeChannel, secrets: Mapping[str, str], notice: Notice) -> None:
        """Bring it there within ten seconds.

        Raises:
            PlatformError: as the tree in `bot.domain.errors` tells them apart.
        """
        ...
