"""Restored backups, as rows."""

from sqlalchemy import Connection, ScalarSelect, insert, select

from bot.domain.publishing.restoration import Restoration
from bot.storage.encoding import decode_shared, encode
from bot.storage.tables import restorations


def newest_restoration() -> ScalarSelect[str]:
    """The body of the last one, for a statement that reads more besides."""
    last = select(restorations.c.body).order_by(restorations.c.restored_at.desc())
    return last.limit(1).scalar_subquery()


class SqlRestorations:
    """Keeps the promises of `ports.restoring.Restorations`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, restoration: Restoration) -> None:
        row = {
            "restored_at": restoration.restored_at,
            "body": encode(Restoration, restoration),
        }
        self._connection.execute(insert(restorations).values(**row))

    def newest(self) -> Restoration | None:
        body = self._connection.scalar(select(newest_restoration()))
        return None if body is None else decode_shared(Restoration, body)
