"""Tables of staff, their sessions, API tokens, the audit chain and remembered requests."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

users = Table(
    "users",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("login", ExactText, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

sessions = Table(
    "sessions",
    METADATA,
    Column("key_hash", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("csrf", Id, nullable=False),
    Column("address", ExactText),
    Column("browser", ExactText),
    Index(None, "user_id"),
)

handovers = Table(
    "handovers",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("giver", ExactText, nullable=False),
    Column("taker", ExactText, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "giver"),
    Index(None, "taker"),
)

api_tokens = Table(
    "api_tokens",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("name", ExactText, nullable=False),
    Column("source_id", Id, ForeignKey("sources.id"), nullable=False),
    Column("token_hash", Id, nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
)

audit_records = Table(
    "audit_records",
    METADATA,
    Column(
        "sequence",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", UtcTime, nullable=False),
    Column("actor", ExactText, nullable=False),
    Column("action", Id, nullable=False),
    Column("object_kind", Id, nullable=False),
    Column("object_id", Id, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous_hash", Id, nullable=False),
    Column("hash", Id, nullable=False),
    Index(None, "object_id"),
)

requests = Table(
    "requests",
    METADATA,
    Column("scope", Id, primary_key=True),
    Column("key", ExactText, primary_key=True),
    Column("digest", Id, nullable=False),
    Column("answer", ExactText, nullable=False),
    Column("at", UtcTime, nullable=False),
)
