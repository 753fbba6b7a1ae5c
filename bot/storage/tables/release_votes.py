"""Votes on releases."""

from sqlalchemy import Boolean, Column, Index, Table

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

release_votes = Table(
    "release_votes",
    METADATA,
    Column("release_id", Id, primary_key=True),
    Column("voter", Id, primary_key=True),
    Column("is_useful", Boolean, nullable=False),
    Column("words", ExactText, nullable=False),
    Column("voted_at", UtcTime, nullable=False),
    Index(None, "voted_at"),
)
