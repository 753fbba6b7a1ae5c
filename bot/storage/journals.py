"""Journal entries as rows. A finished entry is never written over."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, func, or_, select

from bot.domain.ids import DeliveryId
from bot.domain.publishing.journal import Entry, Journal
from bot.storage.encoding import decode, encode
from bot.storage.statements import upsert
from bot.storage.tables import deliveries, delivery_entries

_c = delivery_entries.c
ENTRIES = (
    select(func.aggregate_strings(_c.body, ","))
    .where(_c.delivery_id == deliveries.c.id)
    .scalar_subquery()
    .label("entries")
)
"""A column beside a delivery's own: its journal in no order, for `journal`."""

_LAST = select(func.max(_c.seq)).where(_c.delivery_id == bindparam("delivery"))


@cache
def _put(dialect: str) -> Executable:
    """Add an entry, or finish it while it is open; counts those that stand as given."""
    insert = upsert(dialect, delivery_entries)
    given = insert.excluded
    put = insert.on_conflict_do_update(
        index_elements=[_c.delivery_id, _c.seq],
        set_={name: given[name] for name in ("is_finished", "job_id", "body")},
        where=or_(_c.is_finished.is_(False), _c.body == given.body),
    )
    # Without the option no rows are counted for an INSERT on PostgreSQL.
    return put.execution_options(preserve_rowcount=True)


class SqlJournals:
    """Writes the journals of deliveries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, delivery: DeliveryId, entries: Sequence[Entry]) -> int:
        """Add entries and finish open ones; returns how many now stand as given."""
        if not entries:
            return 0
        put = _put(self._connection.dialect.name)
        rows = [_row(delivery, entry) for entry in entries]
        return self._connection.execute(put, rows).rowcount

    def append(self, delivery: DeliveryId, entry: Entry) -> None:
        """Add an entry after all others, whatever number it had."""
        last = self._connection.scalar(_LAST, {"delivery": delivery}) or 0
        self.put(delivery, [replace(entry, seq=last + 1)])


def journal(entries: str | None) -> Journal:
    """The journal of what `ENTRIES` gave."""
    if entries is None:
        return Journal()
    found = decode(tuple[Entry, ...], f"[{entries}]")
    return Journal(tuple(sorted(found, key=lambda entry: entry.seq)))


def _row(delivery: DeliveryId, entry: Entry) -> dict[str, Any]:
    return {
        "delivery_id": delivery,
        "seq": entry.seq,
        "is_finished": entry.outcome is not None,
        "job_id": entry.evidence.get("job_id"),
        "body": encode(Entry, entry),
    }
