"""Statements that both databases have but spell through different constructs.

Building a statement costs several times what running it costs. Repositories on the way of a
post therefore keep theirs as constants with `bindparam`s.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.errors import Conflict

Upsert = sqlite.Insert | postgresql.Insert


def upsert(dialect: str, table: Table) -> Upsert:
    """An INSERT that understands ON CONFLICT."""
    if dialect == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_new(
    connection: Connection, table: Table, values: Mapping[str, Any], *, taken: str
) -> None:
    """Insert a row. A row that clashes leaves the transaction usable.

    Raises:
        Conflict: with the message `taken`, when a unique column is taken.
    """
    insert = upsert(connection.dialect.name, table).values(**values).on_conflict_do_nothing()
    if connection.execute(insert.returning(table.primary_key.columns.values()[0])).first() is None:
        raise Conflict(taken)


def take_turn(connection: Connection, name: str) -> None:
    """Wait until no other transaction has taken the turn `name`; held until this one ends.

    On SQLite the transaction itself is the turn.
    """
    if connection.dialect.name == "postgresql":
        key = func.hashtextextended(name, 0)
        connection.execute(select(func.pg_advisory_xact_lock(key)))
