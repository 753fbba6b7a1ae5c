"""Ringing workers. A lost ring costs time, never work: the tick finds what is due."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import AccountId, DeliveryId, ReleaseId


class Doorbell(Protocol):
    """Best effort: an unreachable broker is logged and forgotten."""

    def deliveries_are_due(self, account: AccountId, ids: Sequence[DeliveryId]) -> None:
        """Ask a worker to advance these deliveries of one account."""
        ...

    def release_is_approved(self, release: ReleaseId) -> None:
        """Ask a worker to plan this release."""
        ...
