"""What a follower sent along with a message: a picture, a voice."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.accounts.account import AccountAccess
from bot.domain.replies.reply import Incoming


@dataclass(frozen=True)
class Attachment:
    """The bytes, and what the platform says they are."""

    content: bytes = field(repr=False)
    media_type: str


class Attachments(Protocol):
    """Fetches them while the platform keeps them; nothing is stored. Shared between threads."""

    def fetch(self, access: AccountAccess, incoming: Incoming) -> Attachment | None:
        """What came with this message, None if nothing did.

        Raises:
            PlatformError: as the tree in `bot.domain.errors` tells them apart.
        """
        ...
