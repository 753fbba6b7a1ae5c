"""Deliveries and their journals: leases, due work, and what the platform's jobs belong to."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select, update

from bot.domain.accounts.account import PUSHES_TO_FOLLOWERS
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, DeliveryId, PostId, RolloutId
from bot.domain.posts.rollout import Member
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Entry
from bot.domain.publishing.receipt import Receipt
from bot.ports.platform import LivePost
from bot.ports.storage import LeaseLost
from bot.storage.circumstances import read_circumstances
from bot.storage.clock import DatabaseClock
from bot.storage.delivery_queue import first_due, may_ring
from bot.storage.delivery_rows import CHANGING_COLUMNS, IS_OPEN, delivery_row, delivery_values
from bot.storage.encoding import decode
from bot.storage.journals import ENTRIES, SqlJournals
from bot.storage.rollout_turns import RolloutTurns
from bot.storage.statements import insert_new
from bot.storage.tables import accounts, deliveries, delivery_entries

_c = deliveries.c
_WITH_JOURNAL: Select[Any] = select(*_c, ENTRIES)
_DELIVERY = _WITH_JOURNAL.where(_c.id == bindparam("delivery"))
_EXISTS = select(_c.id).where(_c.id == bindparam("delivery"))
_MEMBERS = (
    select(
        _c.id,
        _c.state,
        _c.prepared_at.is_not(None).label("prepared"),
        _c.accepted_at.is_not(None).label("accepted"),
        accounts.c.mode,
    )
    .join(accounts)
    .where(_c.rollout_id == bindparam("rollout"))
    .order_by(_c.id)
)
_LEASE = (
    update(deliveries)
    .where(_c.id == bindparam("delivery"), IS_OPEN)
    .where(or_(_c.lease_until.is_(None), _c.lease_until <= bindparam("now")))
    .values(lease_token=bindparam("new_token"), lease_until=bindparam("until"))
)
_EXTEND = (
    update(deliveries)
    .where(_c.id == bindparam("delivery"), _c.lease_token == bindparam("held_token"))
    .values(lease_until=bindparam("until"))
)
# Whoever saves has answered the bell: what it asks for next may ring at once.
_SAVE = (
    update(deliveries)
    .where(_c.id == bindparam("delivery"))
    .values({name: bindparam(f"new_{name}") for name in CHANGING_COLUMNS} | {"rung_at": None})
)
_SAVE_LEASED = _SAVE.where(_c.lease_token == bindparam("held_token"))


class SqlDeliveries:
    """Keeps the promises of `ports.storage.Deliveries`."""

    def __init__(self, connection: Connection, clock: DatabaseClock, turns: RolloutTurns) -> None:
        self._connection = connection
        self._clock = clock
        self._turns = turns
        self._journals = SqlJournals(connection)

    def add(self, delivery: Delivery) -> None:
        taken = f"稿件 {delivery.post} 的第 {delivery.revision} 次修订已经有投递"
        insert_new(self._connection, deliveries, delivery_values(delivery), taken=taken)
        self._journals.put(delivery.id, delivery.journal.entries)

    def get(self, delivery: DeliveryId) -> Delivery:
        self._turns.take_of_delivery(delivery)
        row = self._connection.execute(_DELIVERY, {"delivery": delivery}).first()
        if row is None:
            raise NotFound("投递", delivery)
        return delivery_row(row)

    def circumstances(self, delivery: DeliveryId) -> Circumstances:
        self._turns.take_of_delivery(delivery)
        found = read_circumstances(self._connection, self._clock, delivery)
        if found is None:
            raise NotFound("投递", delivery)
        return found

    def of_post(self, post: PostId) -> Sequence[Delivery]:
        self._turns.take_of_post(post)
        wanted = _WITH_JOURNAL.where(_c.post_id == post).order_by(_c.revision)
        return [delivery_row(row) for row in self._connection.execute(wanted)]

    def members(self, rollout: RolloutId) -> Sequence[Member]:
        self._turns.take(rollout)
        return [
            Member(
                delivery_id=row.id,
                state=DeliveryState(row.state),
                prepared=row.prepared,
                accepted=row.accepted,
                pushes=row.mode in PUSHES_TO_FOLLOWERS,
            )
            for row in self._connection.execute(_MEMBERS, {"rollout": rollout})
        ]

    def lease(self, delivery: DeliveryId, *, seconds: float) -> bool:
        self._turns.take_of_delivery(delivery)
        now = self._now()
        lease = {
            "delivery": delivery,
            "now": now,
            "until": now + timedelta(seconds=seconds),
            "new_token": secrets.token_hex(8),
        }
        return self._connection.execute(_LEASE, lease).rowcount == 1

    def save(self, delivery: Delivery, *, entries: Sequence[Entry] = ()) -> None:
        self._turns.take(delivery.rollout)
        values = delivery_values(delivery)
        changes = {f"new_{name}": values[name] for name in CHANGING_COLUMNS}
        which = {"delivery": delivery.id, "held_token": delivery.lease_token}
        save = _SAVE if delivery.lease_token is None else _SAVE_LEASED
        if self._connection.execute(save, which | changes).rowcount == 0:
            self._explain_unsaved(delivery)
        if self._journals.put(delivery.id, entries) < len(entries):
            raise LeaseLost(f"delivery {delivery.id}: its journal went on without us")

    def append_evidence(self, delivery: DeliveryId, entry: Entry) -> None:
        self._turns.take_of_delivery(delivery)
        if self._connection.scalar(_EXISTS, {"delivery": delivery}) is None:
            raise NotFound("投递", delivery)
        self._journals.append(delivery, entry)

    def wake(self, ids: Sequence[DeliveryId], *, at: datetime | None = None) -> None:
        if not ids:
            return
        at = at or self._now()
        is_later = or_(_c.next_at.is_(None), _c.next_at > at)
        later = update(deliveries).where(_c.id.in_(ids), IS_OPEN, is_later)
        self._connection.execute(later.values(next_at=at, rung_at=None))

    def take_due(
        self, *, limit: int, ring_again_seconds: float, most_an_account: int = 80
    ) -> Sequence[tuple[AccountId, DeliveryId]]:
        now = self._now()
        rung_before = now - timedelta(seconds=ring_again_seconds)
        due = first_due(now, rung_before=rung_before, most=most_an_account).limit(limit)
        still_due = (_c.id.in_(due), may_ring(now, rung_before=rung_before))
        first = select(_c.id).where(*still_due).with_for_update(skip_locked=True)
        has_come = (_c.state == DeliveryState.WAITING) & (_c.due_at <= now)
        mark = (
            update(deliveries)
            .where(_c.id.in_(first.scalar_subquery()))
            .values(rung_at=now, state=case((has_come, DeliveryState.DUE), else_=_c.state))
        )
        marked = mark.returning(_c.account_id, _c.id, _c.next_at, _c.urgent)
        rows = self._connection.execute(marked).all()
        in_order = sorted(rows, key=lambda row: (not row.urgent, row.next_at, row.id))
        return [(AccountId(row.account_id), DeliveryId(row.id)) for row in in_order]

    def by_job(self, account: AccountId, job_id: str) -> DeliveryId | None:
        named = select(_c.id).join(delivery_entries).where(delivery_entries.c.job_id == job_id)
        newest = named.where(_c.account_id == account).order_by(_c.id.desc()).limit(1)
        found = self._connection.scalar(newest)
        return None if found is None else DeliveryId(found)

    def standing(
        self, account: AccountId, *states: DeliveryState, due_before: datetime | None = None
    ) -> Sequence[DeliveryId]:
        wanted = select(_c.id).where(_c.account_id == account, _c.state.in_(states))
        if due_before is not None:
            wanted = wanted.where(_c.due_at < due_before)
        return [DeliveryId(one) for one in self._connection.scalars(wanted.order_by(_c.id))]

    def newest(self) -> DeliveryId | None:
        found = self._connection.scalar(select(func.max(_c.id)))
        return None if found is None else DeliveryId(found)

    def planned(
        self, account: AccountId, *, since: datetime, until: datetime
    ) -> Sequence[tuple[PostId, datetime]]:
        wanted = select(_c.post_id, _c.due_at).where(
            _c.account_id == account,
            _c.due_at >= since,
            _c.due_at < until,
            _c.state != DeliveryState.CANCELLED,
        )
        rows = self._connection.execute(wanted.order_by(_c.due_at, _c.id))
        return [(PostId(row.post_id), row.due_at) for row in rows]

    def live_posts(self, account: AccountId, *, limit: int = 50) -> Sequence[LivePost]:
        public = select(_c.post_id, _c.receipt, _c.published_at).where(
            _c.account_id == account,
            _c.published_at.is_not(None),
            _c.state != DeliveryState.REMOVED,
        )
        newest = public.order_by(_c.published_at.desc(), _c.id.desc()).limit(limit)
        return [
            LivePost(row.post_id, decode(Receipt, row.receipt).ids, row.published_at)
            for row in self._connection.execute(newest)
        ]

    def _now(self) -> datetime:
        return self._clock.now(self._connection)

    def _explain_unsaved(self, delivery: Delivery) -> None:
        if self._connection.scalar(_EXISTS, {"delivery": delivery.id}) is None:
            raise NotFound("投递", delivery.id)
        raise LeaseLost(f"delivery {delivery.id}: another worker holds the lease")
