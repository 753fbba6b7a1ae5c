"""Engines: SQLite as a durable single-writer database, PostgreSQL as it comes."""

from collections.abc import Callable
from typing import Any

from psycopg.errors import UndefinedTable
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.ports.storage import StorageUnavailable

READS = "tongbu_reads"
"""Execution option of connections that only read."""

CONNECT_SECONDS = 5
"""How long a PostgreSQL server may take to accept a connection."""


def make_engine(url: str, *, busy_timeout_seconds: float, pool_size: int) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…` (psycopg 3).

    Whatever says that the database is unreachable, broken or busy for too long comes out as
    `StorageUnavailable`.
    """
    target = make_url(url)
    if target.drivername == "postgresql":
        target = target.set(drivername="postgresql+psycopg")
    connect_args = (
        {} if target.get_backend_name() == "sqlite" else {"connect_timeout": CONNECT_SECONDS}
    )
    engine = create_engine(
        target,
        pool_size=pool_size,
        max_overflow=pool_size,
        connect_args=connect_args,
        hide_parameters=True,  # an error's words go to the log, a follower's words do not
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_setup(busy_timeout_seconds))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _postgres_setup(busy_timeout_seconds))
    event.listen(engine, "handle_error", _translate)
    return engine


def only_reads(connection: Connection) -> bool:
    """Whether the transaction of this connection is one that nothing is written in."""
    return bool(connection.get_execution_options().get(READS, False))


def _sqlite_setup(busy_timeout_seconds: float) -> Callable[[Any, Any], None]:
    def set_up(connection: Any, _record: Any) -> None:
        # The driver's own implicit BEGIN is deferred: two readers that both want to write would
        # then fail instead of waiting. We begin ourselves, in `_begin_sqlite`.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(busy_timeout_seconds * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # What is erased is gone from the file too, not only from its index of free pages.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    return set_up


def _postgres_setup(busy_timeout_seconds: float) -> Callable[[Any, Any], None]:
    def set_up(connection: Any, _record: Any) -> None:
        # Outside a transaction, or the first rollback would take the setting back.
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {int(busy_timeout_seconds * 1000)}")
        connection.autocommit = False

    return set_up


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if only_reads(connection) else "BEGIN IMMEDIATE")


def _translate(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    if _says_no_tables(context.original_exception):
        message = "the database has not been set up for this version; run: tongbu db upgrade"
        raise StorageUnavailable(message) from context.original_exception
    if context.is_disconnect or isinstance(error, OperationalError | InterfaceError):
        cause = context.original_exception
        message = f"the database did not serve: {type(cause).__name__}: {cause}"
        raise StorageUnavailable(message) from cause


def _says_no_tables(error: BaseException) -> bool:
    return isinstance(error, UndefinedTable) or str(error).startswith("no such table")
