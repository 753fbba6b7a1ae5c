"""What one person is told of, as the database keeps it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.notices.personal import PersonalNotice, Wishes


class PersonalNotices(Protocol):
    """Notices to single people, their wishes, and how far the audit has been told."""

    def put(self, notice: PersonalNotice) -> bool:
        """Store it, unless the person has one with this key; says whether it did."""
        ...

    def of(self, login: str, *, limit: int = 100) -> Sequence[PersonalNotice]:
        """The newest first."""
        ...

    def unread(self, login: str) -> int:
        """How many they have not read."""
        ...

    def mark_read(self, login: str, *, notice: str = "") -> None:
        """Note that they have read this one now, or all; of others' nothing changes."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Delete what was told before, read or not."""
        ...

    def wishes(self, logins: Sequence[str]) -> Mapping[str, Wishes]:
        """Those of these people who have any, by login."""
        ...

    def save_wishes(self, wishes: Wishes) -> None: ...

    def claim_told(self) -> int:
        """The number of the last audit record that people were told of; until this unit of work
        ends nobody else gets it. The first time everything there is counts as told."""
        ...

    def note_told(self, sequence: int) -> None: ...
