"""Tables by which releases are found: their text as it is compared, and an index of its terms."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Table, Text

from bot.storage.columns import ExactText, Id
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
