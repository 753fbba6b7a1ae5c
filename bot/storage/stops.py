"""The emergency stop of everything."""

from sqlalchemy import Connection, delete, select

from bot.storage.clock import DatabaseClock
from bot.storage.statements import upsert
from bot.storage.tables import stops

EVERYTHING = "everything"
_WHY = select(stops.c.stopped_by, stops.c.reason).where(stops.c.scope == EVERYTHING)
_STOPPED = select(stops.c.scope).where(stops.c.scope == EVERYTHING)


class SqlStops:
    """Keeps the promises of `ports.operations.Stops`: a row is a stop."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def everything_is_stopped(self) -> bool:
        return self._connection.scalar(_STOPPED) is not None

    def why_stopped(self) -> tuple[str, str] | None:
        found = self._connection.execute(_WHY).first()
        return None if found is None else (found.stopped_by, found.reason)

    def stop_everything(self, *, by: str, reason: str = "") -> None:
        now = self._clock.now(self._connection)
        stop = upsert(self._connection.dialect.name, stops).values(
            scope=EVERYTHING, stopped_by=by, stopped_at=now, reason=reason
        )
        self._connection.execute(stop.on_conflict_do_nothing())

    def lift(self) -> None:
        self._connection.execute(delete(stops).where(stops.c.scope == EVERYTHING))
