"""What was found in attachments, and which releases wait for it."""

from sqlalchemy import Column, Index, Table, Text

from bot.storage.columns import Id, UtcTime
from bot.storage.tables.metadata import METADATA

inspections = Table(
    "inspections",
    METADATA,
    Column("sha256", Id, primary_key=True),
    Column("inspected_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
)

inspection_waits = Table(
    "inspection_waits",
    METADATA,
    Column("sha256", Id, primary_key=True),
    Column("release_id", Id, primary_key=True),
    Column("asked_at", UtcTime, nullable=False),
    Column("taken_until", UtcTime, nullable=True),
    Index(None, "asked_at"),
    Index(None, "release_id"),
)
