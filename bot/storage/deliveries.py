"""Deliveries and their journals: leases, due work, and what the platform's jobs belong to."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from bot.domain.accounts.account import PUSHES_TO_FOLLOWERS
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, DeliveryId, PostId, RolloutId
from bot.domain.posts.rollout import Member
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.domain.publishing.journal import Entry
from bot.domain.publishing.receipt import Receipt
from bot.ports.platform import LivePost
from bot.ports.storage import LeaseLost
from bot.storage.clock import DatabaseClock
from bot.storage.delivery_rows import delivery_row, delivery_values
from bot.storage.encoding import decode
from bot.storage.journals import SqlJournals
from bot.storage.rollout_turns import RolloutTurns
from bot.storage.statements import insert_new
from bot.storage.tables import accounts, deliveries, delivery_entries

_c = deliveries.c
_OPEN = _c.state.in_(sorted(OPEN_STATES))


class SqlDeliveries:
    """Keeps the promises of `ports.storage.Deliveries`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock
        self._turns = RolloutTurns(connection)
        self._journals = SqlJournals(connection)

    def add(self, delivery: Delivery) -> None:
        taken = f"稿件 {delivery.post} 的第 {delivery.revision} 次修订已经有投递"
        insert_new(self._connection, deliveries, delivery_values(delivery), taken=taken)
        self._journals.put(delivery.id, delivery.journal.entries)

    def get(self, delivery: DeliveryId) -> Delivery:
        self._turns.take_of_delivery(delivery)
        row = self._connection.execute(select(deliveries).where(_c.id == delivery)).first()
        if row is None:
            raise NotFound("投递", delivery)
        return delivery_row(row, self._journals.of([delivery]))

    def of_post(self, post: PostId) -> Sequence[Delivery]:
        self._turns.take_of_post(post)
        wanted = select(deliveries).where(_c.post_id == post).order_by(_c.revision)
        rows = self._connection.execute(wanted).all()
        journals = self._journals.of([row.id for row in rows])
        return [delivery_row(row, journals) for row in rows]

    def members(self, rollout: RolloutId) -> Sequence[Member]:
        self._turns.take(rollout)
        columns = (_c.id, _c.state, _c.prepared_at, _c.accepted_at, accounts.c.mode)
        wanted = select(*columns).join(accounts).where(_c.rollout_id == rollout).order_by(_c.id)
        return [
            Member(
                delivery_id=row.id,
                state=DeliveryState(row.state),
                prepared=row.prepared_at is not None,
                accepted=row.accepted_at is not None,
                pushes=row.mode in PUSHES_TO_FOLLOWERS,
            )
            for row in self._connection.execute(wanted)
        ]

    def lease(self, delivery: DeliveryId, *, seconds: float) -> Delivery | None:
        self._turns.take_of_delivery(delivery)
        now = self._now()
        is_free = or_(_c.lease_until.is_(None), _c.lease_until <= now)
        lease = update(deliveries).where(_c.id == delivery, _OPEN, is_free)
        until = now + timedelta(seconds=seconds)
        taken = lease.values(lease_token=secrets.token_hex(8), lease_until=until)
        row = self._connection.execute(taken.returning(*_c)).first()
        return None if row is None else delivery_row(row, self._journals.of([delivery]))

    def save(self, delivery: Delivery, *, entries: Sequence[Entry] = ()) -> None:
        self._turns.take(delivery.rollout)
        save = update(deliveries).where(_c.id == delivery.id)
        if delivery.lease_token is not None:
            save = save.where(_c.lease_token == delivery.lease_token)
        # Whoever saves has answered the bell: what it asks for next may ring at once.
        values = delivery_values(delivery) | {"rung_at": None}
        if self._connection.execute(save.values(**values)).rowcount == 0:
            self._explain_unsaved(delivery)
        if self._journals.put(delivery.id, entries) < len(entries):
            raise LeaseLost(f"delivery {delivery.id}: its journal went on without us")

    def extend_lease(self, delivery: Delivery, *, seconds: float) -> None:
        mine = update(deliveries).where(
            _c.id == delivery.id, _c.lease_token == delivery.lease_token
        )
        until = self._now() + timedelta(seconds=seconds)
        if self._connection.execute(mine.values(lease_until=until)).rowcount == 0:
            raise LeaseLost(f"delivery {delivery.id}: another worker holds the lease")

    def append_evidence(self, delivery: DeliveryId, entry: Entry) -> None:
        self._turns.take_of_delivery(delivery)
        if self._connection.scalar(select(_c.id).where(_c.id == delivery)) is None:
            raise NotFound("投递", delivery)
        self._journals.append(delivery, entry)

    def wake(self, ids: Sequence[DeliveryId], *, at: datetime | None = None) -> None:
        if not ids:
            return
        at = at or self._now()
        is_later = or_(_c.next_at.is_(None), _c.next_at > at)
        later = update(deliveries).where(_c.id.in_(ids), _OPEN, is_later)
        self._connection.execute(later.values(next_at=at, rung_at=None))

    def take_due(
        self, *, limit: int, ring_again_seconds: float
    ) -> Sequence[tuple[AccountId, DeliveryId]]:
        now = self._now()
        rung_before = now - timedelta(seconds=ring_again_seconds)
        due = select(_c.id).where(
            _c.next_at <= now,
            _OPEN,
            or_(_c.lease_until.is_(None), _c.lease_until <= now),
            or_(_c.rung_at.is_(None), _c.rung_at <= rung_before),
        )
        first = due.order_by(_c.next_at).limit(limit).with_for_update(skip_locked=True)
        mark = update(deliveries).where(_c.id.in_(first.scalar_subquery())).values(rung_at=now)
        rows = self._connection.execute(mark.returning(_c.account_id, _c.id, _c.next_at)).all()
        in_order = sorted(rows, key=lambda row: (row.next_at, row.id))
        return [(AccountId(row.account_id), DeliveryId(row.id)) for row in in_order]

    def by_job(self, account: AccountId, job_id: str) -> DeliveryId | None:
        named = select(_c.id).join(delivery_entries).where(delivery_entries.c.job_id == job_id)
        newest = named.where(_c.account_id == account).order_by(_c.id.desc()).limit(1)
        found = self._connection.scalar(newest)
        return None if found is None else DeliveryId(found)

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
        if self._connection.scalar(select(_c.id).where(_c.id == delivery.id)) is None:
            raise NotFound("投递", delivery.id)
        raise LeaseLost(f"delivery {delivery.id}: another worker holds the lease")
