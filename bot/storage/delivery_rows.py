"""Deliveries as rows, and back."""

from typing import Any

from sqlalchemy import Row, and_

from bot.domain.ids import AccountId, DeliveryId, PostId, RolloutId
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.domain.publishing.receipt import Receipt
from bot.storage.encoding import decode, encode
from bot.storage.journals import journal
from bot.storage.tables import deliveries

IS_OPEN = and_(*(deliveries.c.state != state for state in sorted(set(DeliveryState) - OPEN_STATES)))
"""Still on its way. Said by what it is not: an index by states, of which most rows have an open
one, must not look better to SQLite than the one by times. Written out: an IN list would be put
together anew at every execution."""

CHANGING_COLUMNS = (
    *("content_hash", "state", "due_at", "next_at", "prepared_at", "accepted_at", "published_at"),
    *("seen_at", "hold_reason", "receipt", "lease_token", "lease_until", "urgent"),
    "not_before",
)
"""What saving a delivery writes; the rest says which delivery it is."""


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    """The columns of a delivery, without its journal."""
    receipt = delivery.receipt
    published = receipt.published if receipt else None
    seen = receipt.seen_live if receipt else None
    return {
        "id": delivery.id,
        "post_id": delivery.post,
        "rollout_id": delivery.rollout,
        "account_id": delivery.account,
        "revision": delivery.revision,
        "content_hash": delivery.content_hash,
        "state": delivery.state,
        "due_at": delivery.due_at,
        "next_at": delivery.next_at,
        "prepared_at": delivery.prepared_at,
        "accepted_at": delivery.accepted_at,
        "published_at": published.at if published else None,
        "seen_at": seen.at if seen else None,
        "hold_reason": delivery.hold_reason,
        "receipt": encode(Receipt, receipt) if receipt else None,
        "lease_token": delivery.lease_token,
        "lease_until": delivery.lease_until,
        "urgent": delivery.urgent,
        "not_before": delivery.not_before,
    }


def delivery_row(row: Row[Any]) -> Delivery:
    """The delivery of a whole row with the `ENTRIES` of its journal."""
    return Delivery(
        id=DeliveryId(row.id),
        post=PostId(row.post_id),
        rollout=RolloutId(row.rollout_id),
        account=AccountId(row.account_id),
        revision=row.revision,
        content_hash=row.content_hash,
        state=DeliveryState(row.state),
        due_at=row.due_at,
        next_at=row.next_at,
        journal=journal(row.entries),
        prepared_at=row.prepared_at,
        accepted_at=row.accepted_at,
        hold_reason=row.hold_reason,
        receipt=decode(Receipt, row.receipt) if row.receipt else None,
        lease_token=row.lease_token,
        lease_until=row.lease_until,
        urgent=row.urgent,
        not_before=row.not_before,
    )
