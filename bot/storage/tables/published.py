"""Tables of answers that the public may read, and of ratings."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

published_answers = Table(
    "published_answers",
    METADATA,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("case_class", Id, nullable=False),
    Column("department_id", Id, ForeignKey("departments.id")),
    Column("question", ExactText, nullable=False),
    Column("answer", ExactText, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime, nullable=False),
    Column("published_at", UtcTime, nullable=False),
    Column("published_by", ExactText, nullable=False),
    Index(None, "published_at", "case_id"),
)

case_ratings = Table(
    "case_ratings",
    METADATA,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("answered_at", UtcTime, primary_key=True),
    Column("stars", Integer, nullable=False),
    Column("rated_at", UtcTime, nullable=False),
    Index(None, "rated_at"),
)
