"""Tables of what people ask for in vain."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

demands = Table(
    "demands",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("kind", Id, nullable=False),
    Column("subject", ExactText, nullable=False),
    Column("state", Id, nullable=False),
    Column("department_id", Id, ForeignKey("departments.id")),
    Column("release_id", Id),
    Column("reason", ExactText, nullable=False),
    Column("raised_at", UtcTime, nullable=False),
    Column("changed_by", ExactText, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "kind", "subject", unique=True),
    Index(None, "raised_at"),
)

search_misses = Table(
    "search_misses",
    METADATA,
    Column("words", ExactText, primary_key=True),
    Column("reply_id", Id, ForeignKey("replies.id"), primary_key=True),
    Index(None, "reply_id"),
)
