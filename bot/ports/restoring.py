"""What the database remembers of backups that were put in its place."""

from typing import Protocol

from bot.domain.publishing.restoration import Restoration


class Restorations(Protocol):
    """Restored backups."""

    def add(self, restoration: Restoration) -> None: ...

    def newest(self) -> Restoration | None:
        """The last one, None if there never was any."""
        ...
