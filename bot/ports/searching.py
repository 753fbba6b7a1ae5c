"""Finding released documents by what they say."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import AccountId
from bot.domain.releases.searching import SearchHit


class ReleaseSearch(Protocol):
    """Searches over an index, one read transaction each. Safe to share between threads."""

    def released(self, words: str, *, account: AccountId, limit: int) -> Sequence[SearchHit]:
        """Released documents that hold `words`, compared as `searchable` has it: in the title, the
        文号, an issuing body, the text or an interpretation. Titles come first, then the last
        received; links are to live posts on `account` where there are any.

        Raises:
            StorageUnavailable: the database is away.
        """
        ...
