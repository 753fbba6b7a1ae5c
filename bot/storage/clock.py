"""The database's clock, which leases and due times are compared with."""

from datetime import datetime

from sqlalchemy import Connection, literal_column, select

from bot.ports.clock import Clock
from bot.storage.columns import UtcTime

_NOW = {
    "sqlite": select(
        literal_column("strftime('%Y-%m-%dT%H:%M:%f000', 'now')", UtcTime).label("now")
    ),
    "postgresql": select(literal_column("clock_timestamp()", UtcTime).label("now")),
}


class DatabaseClock:
    """Reads the time from the database, or from `clock` where a test sets one."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock

    def now(self, connection: Connection) -> datetime:
        """The current time, aware, in UTC; to the millisecond on SQLite."""
        if self._clock is not None:
            return self._clock.now()
        now: datetime = connection.execute(_NOW[connection.dialect.name]).scalar_one()
        return now
