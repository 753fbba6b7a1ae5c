"""Tables of sources, releases and rules. `body` is the whole object; columns are for queries."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

sources = Table(
    "sources",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("body", Text, nullable=False),
)

releases = Table(
    "releases",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("is_newest", Boolean, nullable=False),
    Column("source_id", Id, ForeignKey("sources.id"), nullable=False),
    Column("source_key", ExactText, nullable=False),
    Column("state", Id, nullable=False),
    Column("title", ExactText, nullable=False),
    Column("document_number", ExactText),
    Column("issuing_bodies", Text, nullable=False),
    Column("issued_on", Date),
    Column("published_on", Date),
    Column("received_at", UtcTime, nullable=False),
    Column("interpretations", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("emergency_since", UtcTime),
    UniqueConstraint("source_id", "source_key", "version"),
    Index(None, "document_number"),
    Index(None, "is_newest", "received_at", "id"),
    Index(None, "state", "received_at"),
    Index(
        "ix_releases_emergency_since",
        "emergency_since",
        sqlite_where=text("emergency_since IS NOT NULL"),
        postgresql_where=text("emergency_since IS NOT NULL"),
    ),
)

rules = Table(
    "rules",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

answer_rules = Table(
    "answer_rules",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
