"""Tables of questions that many ask."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

questions = Table(
    "questions",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("proposed_at", UtcTime, nullable=False),
    Column("name", ExactText, nullable=False),
    Column("state", Id, nullable=False),
    Column("answer", Text),
    Column("version", Integer, nullable=False),
    # Members that stand, so that the largest groups are found without counting all of them.
    Column("size", Integer, nullable=False, server_default=text("0")),
    Index(None, "state", "proposed_at"),
    Index(None, "state", "size", "id"),
    Index(None, "proposed_at"),
)

question_members = Table(
    "question_members",
    METADATA,
    Column("question_id", Id, ForeignKey("questions.id"), primary_key=True),
    Column("reply_id", Id, ForeignKey("replies.id"), primary_key=True),
    Column("likeness", Float, nullable=False),
    Column("proposed_at", UtcTime, nullable=False),
    Column("standing", Id, nullable=False),
    Column("judged_by", ExactText, nullable=False),
    Column("answer_id", Id, ForeignKey("answers.id")),
    Column("why_not", ExactText, nullable=False),
    Index(None, "proposed_at", "question_id"),
    Index(
        "ix_question_members_standing",
        "reply_id",
        unique=True,
        sqlite_where=text("standing <> 'taken_out'"),
        postgresql_where=text("standing <> 'taken_out'"),
    ),
)

question_progress = Table(
    "question_progress",
    METADATA,
    Column("name", Id, primary_key=True),
    Column("number", Integer, nullable=False),
)
