"""Recalls: withdrawals that are followed until nothing is public any more."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import RecallId, ReleaseId
from bot.domain.releases.recall import Recall


class Recalls(Protocol):
    """Every recall, for good."""

    def add(self, recall: Recall) -> None: ...

    def save(self, recall: Recall) -> None:
        """Raises NotFound for one that was never added."""
        ...

    def get(self, recall: RecallId) -> Recall:
        """The recall, locked until the unit of work ends.

        Raises:
            NotFound.
        """
        ...

    def of_release(self, release: ReleaseId) -> Sequence[Recall]:
        """The newest first."""
        ...

    def open_ones(self, *, limit: int = 100) -> Sequence[Recall]:
        """Those in which somebody still has to act, the oldest first."""
        ...

    def newest(self, *, limit: int = 100) -> Sequence[Recall]:
        """The newest first."""
        ...
