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
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else None

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
            reads = connection.execution_options(**{READS: True})
            reads.begin()
            yield reads

    def _connect(self) -> Connection:
        try:
            return self._engine.connect()
        except PoolTimeout as error:
            raise StorageUnavailable("all database connections are in use") from error
