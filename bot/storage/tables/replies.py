"""Tables of what followers sent, and how far each stream was read."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

replies = Table(
    "replies",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("channel", Id, nullable=False),
    Column("kind", Id, nullable=False),
    Column("key", ExactText, nullable=False),
    Column("type_name", ExactText, nullable=False),
    Column("sender", ExactText, nullable=False),
    Column("sender_name", ExactText, nullable=False),
    Column("text", ExactText, nullable=False),
    Column("target", ExactText, nullable=False),
    Column("platform_id", ExactText, nullable=False),
    Column("recipient", ExactText, nullable=False),
    Column("raw", ExactText, nullable=False),
    Column("job", ExactText),
    Column("job_pending_since", UtcTime),
    Column("is_known_type", Boolean, nullable=False),
    Column("said_at", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("answer_rule", ExactText),
    Column("answer_text", ExactText),
    Column("answer_card", ExactText),
    Column("answer_body", ExactText, nullable=False),
    Column("post_id", Id, ForeignKey("posts.id")),
    Column("times_received", Integer, nullable=False),
    Column("erased_at", UtcTime),
    Column("number", Integer),
    # When it was received, while nobody is known to have dealt with it: see open_replies.py.
    Column("open_since", UtcTime),
    Index(None, "account_id", "key", unique=True),
    Index(None, "account_id", "sender", "said_at"),
    Index(None, "received_at", "id"),
    Index(None, "account_id", "received_at", "id"),
    Index(None, "channel", "received_at", "id"),
    Index(None, "kind", "received_at", "id"),
    Index(
        "ix_replies_post_id",
        *("post_id", "received_at", "id"),
        sqlite_where=text("post_id IS NOT NULL"),
        postgresql_where=text("post_id IS NOT NULL"),
    ),
    # Without those that wait, or SQLite would sort them all to find the oldest.
    Index(
        "ix_replies_number",
        "number",
        unique=True,
        sqlite_where=text("number IS NOT NULL"),
        postgresql_where=text("number IS NOT NULL"),
    ),
    Index(
        "ix_replies_pending",
        *("received_at", "id"),
        sqlite_where=text("number IS NULL"),
        postgresql_where=text("number IS NULL"),
    ),
    Index(
        "ix_replies_open_since",
        *("open_since", "id"),
        sqlite_where=text("open_since IS NOT NULL"),
        postgresql_where=text("open_since IS NOT NULL"),
    ),
    Index(
        "ix_replies_account_id_open_since",
        *("account_id", "open_since", "id"),
        sqlite_where=text("open_since IS NOT NULL"),
        postgresql_where=text("open_since IS NOT NULL"),
    ),
    Index(
        "ix_replies_job_pending_since",
        "job_pending_since",
        sqlite_where=text("job_pending_since IS NOT NULL"),
        postgresql_where=text("job_pending_since IS NOT NULL"),
    ),
)

reply_cursors = Table(
    "reply_cursors",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("stream", ExactText, primary_key=True),
    Column("cursor", Text, nullable=False),
)
