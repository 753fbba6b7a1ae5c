"""Tables of accounts: themselves, platform tokens, budgets, uploads; the emergency stop."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

accounts = Table(
    "accounts",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("name", ExactText, nullable=False, unique=True),
    Column("platform", Id, nullable=False),
    Column("mode", Id, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("sealed_secrets", Text, nullable=False),
)

account_tokens = Table(
    "account_tokens",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("sealed", Text),
    Column("digest", Id),
    Column("expires_at", UtcTime),
    Column("fetched_at", UtcTime),
    Column("refresh_until", UtcTime),
)

account_checks = Table(
    "account_checks",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("body", Text, nullable=False),
)

account_troubles = Table(
    "account_troubles",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("body", Text, nullable=False),
)

call_budgets = Table(
    "call_budgets",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("bucket", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("spent", Integer, nullable=False),
)

call_purposes = Table(
    "call_purposes",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("purpose", Id, primary_key=True),
    Column("spent", Integer, nullable=False),
)

uploads = Table(
    "uploads",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("purpose", Id, primary_key=True),
    Column("sha256", Id, primary_key=True),
    Column("answer", Text, nullable=False),
)

stops = Table(
    "stops",
    METADATA,
    Column("scope", Id, primary_key=True),
    Column("stopped_by", ExactText, nullable=False),
    Column("stopped_at", UtcTime, nullable=False),
    Column("reason", ExactText, nullable=False, server_default=text("''")),
)

breakers = Table(
    "breakers",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("probe_at", UtcTime),
    Column("body", Text, nullable=False),
)

quiet_periods = Table(
    "quiet_periods",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey("accounts.id")),
    Column("until", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "until"),
)

restorations = Table(
    "restorations",
    METADATA,
    Column("restored_at", UtcTime, primary_key=True),
    Column("body", Text, nullable=False),
)
