"""Ticks and outages as rows, each outage with what was due in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, insert, literal, or_, select

from bot.domain.errors import NotFound
from bot.domain.ids import OutageId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.outage import Outage
from bot.storage.delivery_rows import IS_OPEN
from bot.storage.encoding import decode, encode
from bot.storage.statements import upsert
from bot.storage.tables import deliveries, outage_deliveries, outages, ticks

_d = deliveries.c
_TICK = "publishing"


class SqlOutages:
    """Keeps the promises of `ports.operations.Outages`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_tick(self) -> datetime | None:
        return self._connection.scalar(select(ticks.c.at).where(ticks.c.name == _TICK))

    def note_tick(self, at: datetime) -> None:
        row = upsert(self._connection.dialect.name, ticks).values(name=_TICK, at=at)
        note = row.on_conflict_do_update(
            index_elements=[ticks.c.name], set_={"at": row.excluded.at}
        )
        self._connection.execute(note)

    def add(self, outage: Outage) -> int:
        row = upsert(self._connection.dialect.name, outages).values(**_row(outage))
        added = row.on_conflict_do_nothing().returning(outages.c.id)
        if self._connection.execute(added).first() is None:
            return 0
        columns = ["outage_id", "delivery_id", "due_at", "was_sending"]
        listed = insert(outage_deliveries).from_select(columns, _touched(outage))
        return self._connection.execute(listed.execution_options(preserve_rowcount=True)).rowcount

    def save(self, outage: Outage) -> None:
        self.get(outage.id)
        row = upsert(self._connection.dialect.name, outages).values(**_row(outage))
        changes = {"body": row.excluded.body}
        self._connection.execute(
            row.on_conflict_do_update(index_elements=[outages.c.id], set_=changes)
        )

    def get(self, outage: OutageId) -> Outage:
        body = self._connection.scalar(select(outages.c.body).where(outages.c.id == outage))
        if body is None:
            raise NotFound("中断", outage)
        return decode(Outage, body)


def _row(outage: Outage) -> dict[str, Any]:
    return {"id": outage.id, "until": outage.until, "body": encode(Outage, outage)}


def _touched(outage: Outage) -> Select[Any]:
    """What should have gone out in it, and what was under way when it began."""
    was_sending = _d.state == DeliveryState.RUNNING
    was_due = and_(_d.due_at >= outage.since, _d.due_at < outage.until, IS_OPEN)
    return select(literal(outage.id), _d.id, _d.due_at, was_sending).where(
        or_(was_due, was_sending), _d.accepted_at.is_(None)
    )
