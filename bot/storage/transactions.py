"""Transactions: writing ones take turns, reading ones see one state and wait for nobody."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.ports.storage import StorageUnavailable
from bot.storage.engine import READS


class Transactions:
    """Hands out connections whose transaction has begun.

    SQLite has one writer. Threads of one process queue here, because SQLite's own waiting is
    polling with growing pauses in which a latecomer overtakes. Other processes are still waited
    for by the busy time-out.
    """

    def __init__(self, engine: Engine, *, busy_timeout_seconds: float) -> None:
        self._engine = engine
        self._patience = busy_timeout_seconds
        is_sqlite = engine.dialect.name == "sqlite"
        self._turn = threading.Lock() if is_sqlite else None
        # PostgreSQL would show every statement of a transaction a state of its own.
        one_state = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reads = {READS: True, **({} if is_sqlite else one_state)}

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that may write; what is not committed is rolled back.

        Raises:
            StorageUnavailable: nobody let us write in time, or the database is away.
        """
        if self._turn is not None and not self._turn.acquire(timeout=self._patience):
            raise StorageUnavailable("the database is busy: no turn to write came in time")
        try:
            with self._connect() as connection:
                connection.begin()
                yield connection
        finally:
            if self._turn is not None:
                self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that reads one state of the database and waits for no writer.

        Raises:
            StorageUnavailable: no connection is free, or the database is away.
        """
        with self._connect() as connection:
            reads = connection.execution_options(**self._reads)
            reads.begin()
            yield reads

    def _connect(self) -> Connection:
        try:
            return self._engine.connect()
        except PoolTimeout as error:
            raise StorageUnavailable("all database connections are in use") from error
