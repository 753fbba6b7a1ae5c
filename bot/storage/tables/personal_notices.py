"""Tables of what single people are told, and of how they wish it."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

personal_notices = Table(
    "personal_notices",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("login", ExactText, nullable=False),
    Column("key", Id, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("read_at", UtcTime),
    Column("body", Text, nullable=False),
    UniqueConstraint("login", "key"),
    Index(None, "login", "at"),
    Index(None, "at"),
)

notice_wishes = Table(
    "notice_wishes",
    METADATA,
    Column("login", ExactText, primary_key=True),
    Column("body", Text, nullable=False),
)

told_records = Table(
    "told_records",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
)
