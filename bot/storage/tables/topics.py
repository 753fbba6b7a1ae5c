"""Tables of what people speak of."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

topic_sightings = Table(
    "topic_sightings",
    METADATA,
    Column("hour", UtcTime, primary_key=True),
    Column("term", ExactText, primary_key=True),
    Column("asker", Id, primary_key=True),
    Column("reply_id", Id, nullable=False),
    Index(None, "term", "hour"),
    Index(None, "reply_id"),
)

topic_hours = Table(
    "topic_hours",
    METADATA,
    Column("term", ExactText, primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    Column("askers", Integer, nullable=False),
    Index(None, "hour"),
)

topic_days = Table(
    "topic_days",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("body", Text, nullable=False),
)

topic_alerts = Table(
    "topic_alerts",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("state", Id, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "state", "seen_at"),
    Index(None, "seen_at"),
)

topic_records = Table(
    "topic_records",
    METADATA,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("changed_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "changed_at"),
)

media_questions = Table(
    "media_questions",
    METADATA,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("asked_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "asked_at"),
)

topic_briefs = Table(
    "topic_briefs",
    METADATA,
    Column("monday", Date, primary_key=True),
    Column("body", Text, nullable=False),
)
