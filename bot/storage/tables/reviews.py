"""Tables of the review of posts and of deputies."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, Table, Text

from bot.storage.columns import ExactText, Id
from bot.storage.tables.metadata import METADATA

review_entries = Table(
    "review_entries",
    METADATA,
    Column(
        "sequence",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "post_id", "sequence"),
)

deputies = Table(
    "deputies",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("deputy", ExactText, nullable=False),
    Column("until", Date, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "deputy", "until"),
    Index(None, "until"),
)
