"""What an account shows its readers now: for the person who has to say whether a post is out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.accounts.account import AccountAccess


@dataclass(frozen=True)
class ShownPost:
    """One of the newest publications of an account, as the platform tells of it. `evidence` are
    the ids by which an adapter knows it again."""

    text: str
    url: str
    published_at: datetime
    evidence: dict[str, str]


class Newsstand(Protocol):
    """Reads the newest publications. Never sends; each look costs calls of the day's budget."""

    def newest(self, access: AccountAccess) -> Sequence[ShownPost]:
        """The newest first, as many as one call shows.

        Raises:
            PlatformError: nothing could be read.
        """
        ...
