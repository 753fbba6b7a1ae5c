"""The tick: find what is due and ring workers with ids, in chunks per account."""

from collections.abc import Sequence

from bot.domain.ids import AccountId, DeliveryId
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage
from bot.usecases.publishing.outages import note_tick

CHUNK = 20
RING_AGAIN_SECONDS = 5.0


def ring_due(*, storage: Storage, doorbell: Doorbell, limit: int = 2000) -> int:
    """Ring for everything due, urgent deliveries first; returns how many were rung.

    The mark is committed before the bell, so that a lost bell is rung again after 5 s.
    """
    with storage.begin() as uow:
        note_tick(uow)
        due = uow.deliveries.take_due(limit=limit, ring_again_seconds=RING_AGAIN_SECONDS)
        uow.commit()
    for account, ids in _by_account(due):
        for start in range(0, len(ids), CHUNK):
            doorbell.deliveries_are_due(account, ids[start : start + CHUNK])
    return len(due)


def _by_account(
    due: Sequence[tuple[AccountId, DeliveryId]],
) -> list[tuple[AccountId, list[DeliveryId]]]:
    """By account, the one whose delivery comes first before the others."""
    grouped: dict[AccountId, list[DeliveryId]] = {}
    for account, delivery in due:
        grouped.setdefault(account, []).append(delivery)
    return list(grouped.items())
