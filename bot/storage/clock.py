"""The database's clock, which leases and due times are compared with."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from bot.ports.clock import Clock
from bot.storage.columns import UtcTime

_POSTGRES_NOW = select(func.clock_timestamp(type_=UtcTime))


class DatabaseClock:
    """Reads the time from the database, or from `clock` where a test sets one.

    SQLite has no clock of its own: it asks the machine it runs on, which is ours.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock

    def now(self, connection: Connection) -> datetime:
        """The current time, aware, in UTC."""
        if self._clock is not None:
            return self._clock.now()
        if connection.dialect.name == "sqlite":
            return datetime.now(UTC)
        now: datetime = connection.execute(_POSTGRES_NOW).scalar_one()
        return now
