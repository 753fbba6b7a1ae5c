"""Journal entries as rows. A finished entry is never written over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, func, or_, select

from bot.domain.ids import DeliveryId
from bot.domain.publishing.journal import Entry, Journal
from bot.storage.encoding import decode, encode
from bot.storage.statements import upsert
from bot.storage.tables import delivery_entries

_c = delivery_entries.c
_OF = (
    select(_c.delivery_id, _c.body)
    .where(_c.delivery_id.in_(bindparam("ids", expanding=True)))
    .order_by(_c.delivery_id, _c.seq)
)
_LAST = select(func.max(_c.seq)).where(_c.delivery_id == bindparam("delivery"))


@cache
def _put(dialect: str) -> Executable:
    """Add an entry, or finish it while it is open; gives a row when it stands as given."""
    insert = upsert(dialect, delivery_entries)
    given = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=[_c.delivery_id, _c.seq],
        set_={name: given[name] for name in ("is_finished", "job_id", "body")},
        where=or_(_c.is_finished.is_(False), _c.body == given.body),
    ).returning(_c.seq)


class SqlJournals:
    """Reads and writes the journals of deliveries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, ids: Sequence[DeliveryId]) -> Mapping[DeliveryId, Journal]:
        """The journals of these deliveries; one without entries is left out."""
        found: dict[DeliveryId, list[Entry]] = defaultdict(list)
        for row in self._connection.execute(_OF, {"ids": ids}):
            found[DeliveryId(row.delivery_id)].append(decode(Entry, row.body))
        return {delivery: Journal(tuple(entries)) for delivery, entries in found.items()}

    def put(self, delivery: DeliveryId, entries: Sequence[Entry]) -> int:
        """Add entries and finish open ones; returns how many now stand as given."""
        put = _put(self._connection.dialect.name)
        written = (self._connection.execute(put, _row(delivery, entry)) for entry in entries)
        return sum(result.first() is not None for result in written)

    def append(self, delivery: DeliveryId, entry: Entry) -> None:
        """Add an entry after all others, whatever number it had."""
        last = self._connection.scalar(_LAST, {"delivery": delivery}) or 0
        self.put(delivery, [replace(entry, seq=last + 1)])


def _row(delivery: DeliveryId, entry: Entry) -> dict[str, Any]:
    return {
        "delivery_id": delivery,
        "seq": entry.seq,
        "is_finished": entry.outcome is not None,
        "job_id": entry.evidence.get("job_id"),
        "body": encode(Entry, entry),
    }
