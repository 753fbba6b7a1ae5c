"""Quiet periods and circuit breakers as rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, func, or_, select, update

from bot.domain.accounts.breaker import Breaker
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, QuietPeriodId
from bot.domain.publishing.quiet import QuietPeriod
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, decode_shared, encode
from bot.storage.statements import upsert
from bot.storage.tables import breakers, deliveries, quiet_periods

_q, _b = quiet_periods.c, breakers.c

QUIET = (
    select(func.aggregate_strings(_q.body, ","))
    .where(or_(_q.account_id.is_(None), _q.account_id == deliveries.c.account_id))
    .where(_q.until > deliveries.c.due_at)
    .scalar_subquery()
    .label("quiet")
)
"""A column beside a delivery's own: the quiet periods of its account that end after it is due."""


def quiet_periods_of(bodies: str | None) -> tuple[QuietPeriod, ...]:
    """The periods of what `QUIET` gave."""
    return () if bodies is None else decode_shared(tuple[QuietPeriod, ...], f"[{bodies}]")


def decode_breaker(body: str, probe_at: datetime | None) -> Breaker:
    """A breaker of its row; the column knows better than the body who tries when."""
    return replace(decode(Breaker, body), probe_at=probe_at)


class SqlQuietPeriods:
    """Keeps the promises of `ports.operations.QuietPeriods`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, period: QuietPeriod) -> None:
        self._put(period)

    def save(self, period: QuietPeriod) -> None:
        self.get(period.id)
        self._put(period)

    def get(self, period: QuietPeriodId) -> QuietPeriod:
        body = self._connection.scalar(select(_q.body).where(_q.id == period))
        if body is None:
            raise NotFound("静默期", period)
        return decode(QuietPeriod, body)

    def newest(self, *, limit: int = 20) -> Sequence[QuietPeriod]:
        wanted = select(_q.body).order_by(_q.until.desc(), _q.id.desc()).limit(limit)
        return [decode(QuietPeriod, body) for body in self._connection.scalars(wanted)]

    def _put(self, period: QuietPeriod) -> None:
        row = upsert(self._connection.dialect.name, quiet_periods).values(
            id=period.id,
            account_id=period.account,
            until=period.until,
            body=encode(QuietPeriod, period),
        )
        given = row.excluded
        changes = {"until": given.until, "body": given.body}
        self._connection.execute(row.on_conflict_do_update(index_elements=[_q.id], set_=changes))


class SqlBreakers:
    """Keeps the promises of `ports.operations.Breakers`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def save(self, breaker: Breaker) -> None:
        row = upsert(self._connection.dialect.name, breakers).values(
            account_id=breaker.account, probe_at=breaker.probe_at, body=encode(Breaker, breaker)
        )
        given = row.excluded
        changes = {"probe_at": given.probe_at, "body": given.body}
        put = row.on_conflict_do_update(index_elements=[_b.account_id], set_=changes)
        self._connection.execute(put)

    def of(self, account: AccountId) -> Breaker | None:
        wanted = select(_b.body, _b.probe_at).where(_b.account_id == account)
        row = self._connection.execute(wanted).first()
        return None if row is None else decode_breaker(row.body, row.probe_at)

    def close(self, account: AccountId) -> None:
        self._connection.execute(delete(breakers).where(_b.account_id == account))

    def take_probe(self, account: AccountId, *, until: datetime) -> bool:
        now = self._clock.now(self._connection)
        mine = update(breakers).where(_b.account_id == account, _b.probe_at <= now)
        return self._connection.execute(mine.values(probe_at=until)).rowcount == 1
