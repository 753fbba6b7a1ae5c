"""Finding replies that ask what another one asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import ReplyId


@dataclass(frozen=True)
class Similar:
    """A reply that may ask the same, and how like it is, from 0 to 1."""

    reply: ReplyId
    likeness: float


class FindSimilar(Protocol):
    """Looks among the replies that are filed for searching."""

    def find_similar(self, text: str, *, limit: int = 20) -> Sequence[Similar]:
        """The replies that may ask what `text` asks (`ALIKE`), the likest first; from
        `SAME_QUESTION` on they probably do. `text` itself is among them once it is filed.

        The cost does not grow with the number of replies: only the newest some sixty thousand are
        looked at, and a bounded number of them is compared.

        Raises:
            StorageUnavailable: the database is away.
        """
        ...
