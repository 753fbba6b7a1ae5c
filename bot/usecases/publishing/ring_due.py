"""The tick: find what is due and ring workers with ids, in chunks per account."""

from collections.abc import Sequence
from itertools import groupby

from bot.domain.ids import AccountId, DeliveryId
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage

CHUNK = 20
RING_AGAIN_SECONDS = 5.0


def ring_due(*, storage: Storage, doorbell: Doorbell, limit: int = 2000) -> int:
    """Ring for everything due; returns how many deliveries were rung.

    The mark is committed before the bell, so that a lost bell is rung again after 5 s.
    """
    with storage.begin() as uow:
        due = uow.deliveries.take_due(limit=limit, ring_again_seconds=RING_AGAIN_SECONDS)
        uow.commit()
    for account, ids in _by_account(due):
        for start in range(0, len(ids), CHUNK):
            doorbell.deliveries_are_due(account, ids[start : start + CHUNK])
    return len(due)


def _by_account(
    due: Sequence[tuple[AccountId, DeliveryId]],
) -> list[tuple[AccountId, list[DeliveryId]]]:
    ordered = sorted(due, key=lambda pair: pair[0])
    return [
        (account, [delivery for _, delivery in pairs])
        for account, pairs in groupby(ordered, key=lambda pair: pair[0])
    ]
