"""The database's clock, which leases and due times are compared with."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, null, select

from bot.ports.clock import Clock
from bot.storage.columns import UtcTime

_POSTGRES_CLOCK = func.clock_timestamp(type_=UtcTime)
_POSTGRES_NOW = select(_POSTGRES_CLOCK)


class DatabaseClock:
    """Reads the time from the database, or from `clock` where a test sets one.

    SQLite has no clock of its own: it asks the machine it runs on, which is ours.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock

    def now(self, connection: Connection) -> datetime:
        """The current time, aware, in UTC."""
        if self._clock is None and connection.dialect.name != "sqlite":
            now: datetime = connection.execute(_POSTGRES_NOW).scalar_one()
            return now
        return self.at_reading(None)

    @staticmethod
    def reading(dialect: str) -> ColumnElement[Any]:
        """A column that reads the database's clock with other columns, for `at_reading`."""
        return null() if dialect == "sqlite" else _POSTGRES_CLOCK

    def at_reading(self, read: datetime | None) -> datetime:
        """The time at which a row was read whose `reading` column holds `read`."""
        if self._clock is not None:
            return self._clock.now()
        return read or datetime.now(UTC)
