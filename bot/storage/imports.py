"""Files of replies that were handed in, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import ImportId
from bot.domain.replies.importing import ReplyImport, Table
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new
from bot.storage.tables import reply_imports

_c = reply_imports.c


class SqlReplyImports:
    """Keeps the promises of `ports.importing.ReplyImports`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stage(self, staged: ReplyImport, table: Table) -> None:
        values = _values(staged) | {"rows": encode(Table, table)}
        insert_new(self._connection, reply_imports, values, taken="这个文件已经上传")

    def get(self, wanted: ImportId) -> ReplyImport:
        body = self._connection.scalar(select(_c.body).where(_c.id == wanted))
        if body is None:
            raise NotFound("导入的文件", wanted)
        return decode(ReplyImport, body)

    def table(self, wanted: ImportId) -> Table | None:
        rows = self._connection.scalar(select(_c.rows).where(_c.id == wanted))
        return decode(Table, rows) if rows else None

    def finish(self, taken: ReplyImport) -> None:
        values = _values(taken) | {"rows": None}
        self._connection.execute(update(reply_imports).where(_c.id == taken.id).values(**values))

    def newest(self, *, limit: int) -> Sequence[ReplyImport]:
        newest = select(_c.body).order_by(_c.staged_at.desc(), _c.id.desc()).limit(limit)
        return [decode(ReplyImport, body) for body in self._connection.scalars(newest)]

    def forget_staged(self, *, before: datetime) -> None:
        old = delete(reply_imports).where(_c.rows.is_not(None), _c.staged_at < before)
        self._connection.execute(old)


def _values(record: ReplyImport) -> dict[str, Any]:
    return {
        "id": record.id,
        "staged_at": record.staged_at,
        "body": encode(ReplyImport, record),
    }
