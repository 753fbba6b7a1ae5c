"""Tables of notices: channels, alerts that stand, the outbox, and tries of a backup."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

notice_channels = Table(
    "notice_channels",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("name", ExactText, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("sealed_secrets", Text, nullable=False),
)

alerts = Table(
    "alerts",
    METADATA,
    Column("kind", Id, primary_key=True),
    Column("subject", Id, primary_key=True),
    Column("body", Text, nullable=False),
)

notices = Table(
    "notices",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("channel_id", Id, nullable=False),
    Column("key", Id, nullable=False),
    Column("next_at", UtcTime),
    Column("tried_at", UtcTime),
    Column("attempts", Integer, nullable=False),
    Column("made_at", UtcTime),
    Column("body", Text, nullable=False),
    UniqueConstraint("channel_id", "key"),
    Index(None, "next_at"),
    Index(None, "channel_id", "tried_at"),
    Index(None, "made_at"),
)

backup_tries = Table(
    "backup_tries",
    METADATA,
    Column("at", UtcTime, primary_key=True),
    Column("fault", ExactText, nullable=False),
)
