"""The database, as votes on releases see it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ReleaseId
from bot.domain.releases.opinion import ReleaseVote, VoteCount


class ReleaseVotes(Protocol):
    """One vote a visitor and release."""

    def add(self, vote: ReleaseVote) -> None:
        """Store it.

        Raises:
            Conflict: this visitor has voted on this release.
        """
        ...

    def counts(self, releases: Sequence[ReleaseId]) -> Mapping[ReleaseId, VoteCount]:
        """Of those that were voted on."""
        ...

    def newest(self, *, since: datetime, limit: int) -> Sequence[ReleaseVote]:
        """The last first."""
        ...
