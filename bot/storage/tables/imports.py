"""Files of replies that were handed in."""

from sqlalchemy import Column, Index, Table, Text, text

from bot.storage.columns import Id, UtcTime
from bot.storage.tables.metadata import METADATA

reply_imports = Table(
    "reply_imports",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("staged_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Column("rows", Text),
    Index(None, "staged_at", "id"),
    Index(
        "ix_reply_imports_waiting",
        "staged_at",
        sqlite_where=text("rows IS NOT NULL"),
        postgresql_where=text("rows IS NOT NULL"),
    ),
)
