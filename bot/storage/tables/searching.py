"""Tables by which releases and replies are found: texts as they are compared, indexes of terms."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Table, Text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

release_texts = Table(
    "release_texts",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("release_id", Id, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", ExactText),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["release_id", "version"], ["releases.id", "releases.version"]),
    Index(None, "release_id", unique=True),
)

# A text is filed under thousands of terms: rows are two small values, and nothing refers to them.
release_terms = Table(
    "release_terms",
    METADATA,
    Column("term", Id, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# By block first: a new block is written in one place, and a term's blocks are looked up one by one.
reply_terms = Table(
    "reply_terms",
    METADATA,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("term", Id, primary_key=True),
    Column("places", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

reply_blocks = Table(
    "reply_blocks",
    METADATA,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)
