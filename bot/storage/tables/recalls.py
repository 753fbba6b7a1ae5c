"""The table of recalls. `body` is the whole object; columns are for queries."""

from sqlalchemy import Column, Index, Table, Text, text

from bot.storage.columns import Id, UtcTime
from bot.storage.tables.metadata import METADATA

recalls = Table(
    "recalls",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("release_id", Id, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("body", Text, nullable=False),
    Index("ix_recalls_release_id", "release_id"),
    Index("ix_recalls_opened_at", "opened_at"),
    Index(
        "ix_recalls_open",
        "opened_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)
