"""Sources of releases."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import SourceId
from bot.domain.releases.source import Source
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new
from bot.storage.tables import sources


class SqlSources:
    """Keeps the promises of `ports.storage.Sources`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, source: Source) -> None:
        values = {"id": source.id, "body": encode(Source, source)}
        insert_new(self._connection, sources, values, taken=f"来源 {source.id} 已经存在")

    def save(self, source: Source) -> None:
        statement = update(sources).where(sources.c.id == source.id)
        saved = self._connection.execute(statement.values(body=encode(Source, source)))
        if saved.rowcount == 0:
            raise NotFound("来源", source.id)

    def get(self, source: SourceId) -> Source:
        body = self._connection.scalar(select(sources.c.body).where(sources.c.id == source))
        if body is None:
            raise NotFound("来源", source)
        return decode(Source, body)

    def all(self) -> Sequence[Source]:
        bodies = self._connection.scalars(select(sources.c.body).order_by(sources.c.id))
        return [decode(Source, body) for body in bodies]
