"""Recalls as rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import RecallId, ReleaseId
from bot.domain.releases.recall import Recall
from bot.storage.encoding import decode, encode
from bot.storage.engine import only_reads
from bot.storage.tables import recalls

_c = recalls.c


class SqlRecalls:
    """Keeps the promises of `ports.recalling.Recalls`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, recall: Recall) -> None:
        self._connection.execute(insert(recalls).values(**_row(recall)))

    def save(self, recall: Recall) -> None:
        row = update(recalls).where(_c.id == recall.id).values(**_row(recall))
        if self._connection.execute(row).rowcount == 0:
            raise NotFound("撤回", recall.id)

    def get(self, recall: RecallId) -> Recall:
        wanted = select(_c.body).where(_c.id == recall)
        kept = wanted if only_reads(self._connection) else wanted.with_for_update()
        body = self._connection.scalar(kept)
        if body is None:
            raise NotFound("撤回", recall)
        return decode(Recall, body)

    def of_release(self, release: ReleaseId) -> Sequence[Recall]:
        wanted = select(_c.body).where(_c.release_id == release)
        return self._all(wanted.order_by(_c.opened_at.desc(), _c.id.desc()))

    def open_ones(self, *, limit: int = 100) -> Sequence[Recall]:
        wanted = select(_c.body).where(_c.closed_at.is_(None))
        return self._all(wanted.order_by(_c.opened_at, _c.id).limit(limit))

    def newest(self, *, limit: int = 100) -> Sequence[Recall]:
        return self._all(select(_c.body).order_by(_c.opened_at.desc(), _c.id.desc()).limit(limit))

    def _all(self, wanted: Select[Any]) -> Sequence[Recall]:
        return [decode(Recall, body) for body in self._connection.scalars(wanted)]


def _row(recall: Recall) -> dict[str, Any]:
    return {
        "id": recall.id,
        "release_id": recall.release,
        "opened_at": recall.opened_at,
        "closed_at": recall.closed_at,
        "body": encode(Recall, recall),
    }
