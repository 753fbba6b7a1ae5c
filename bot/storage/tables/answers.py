"""Tables of what staff wrote back or set aside, how comments stand, and whom to erase."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

answers = Table(
    "answers",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("reply_id", Id, ForeignKey("replies.id"), nullable=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("way", Id, nullable=False),
    Column("state", Id, nullable=False),
    Column("by", ExactText, nullable=False),
    Column("text", ExactText, nullable=False),
    Column("card", ExactText),
    Column("article", ExactText, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("next_at", UtcTime),
    Column("rung_at", UtcTime),
    Column("attempts", Integer, nullable=False),
    Column("looks", Integer, nullable=False),
    Column("started_at", UtcTime),
    Column("deadline_at", UtcTime),
    Column("finished_at", UtcTime),
    Column("failure", Text),
    Column("erased_at", UtcTime),
    Index(None, "reply_id"),
    Index(None, "account_id", "written_at"),
    Index(
        "ix_answers_next_at",
        "next_at",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
    Index(
        "ix_answers_unsure",
        "reply_id",
        sqlite_where=text("state = 'unknown'"),
        postgresql_where=text("state = 'unknown'"),
    ),
)

comment_standings = Table(
    "comment_standings",
    METADATA,
    Column("reply_id", Id, ForeignKey("replies.id"), primary_key=True),
    Column("is_selected", Boolean, nullable=False),
    Column("author_reply", ExactText, nullable=False),
    Column("author_replied_at", UtcTime),
    Column("gone_at", UtcTime),
)

comment_counts = Table(
    "comment_counts",
    METADATA,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True),
    Column("counted", Integer, nullable=False),
    Column("counted_at", UtcTime, nullable=False),
)

set_asides = Table(
    "set_asides",
    METADATA,
    Column("reply_id", Id, ForeignKey("replies.id"), primary_key=True),
    # Of the reply, which never change: as the inbox is listed.
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("by", ExactText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("reason", ExactText, nullable=False),
    Index(None, "received_at", "reply_id"),
    Index(None, "account_id", "received_at", "reply_id"),
)

erasures = Table(
    "erasures",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("follower", ExactText, nullable=False),
    Column("pseudonym", Id, nullable=False),
    Column("reason", Id, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("asked_by", ExactText, nullable=False),
    Column("done_at", UtcTime),
    Column("replies", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Index(
        "ix_erasures_due_at",
        "due_at",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)
