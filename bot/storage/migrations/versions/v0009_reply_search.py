"""An index of what followers said; workers file what is there already, the oldest first."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id, UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; every reply waits to be filed."""
    op.add_column("replies", sa.Column("number", sa.Integer()))
    _index_where("ix_replies_number", ["number"], "number IS NOT NULL", unique=True)
    _index_where("ix_replies_pending", ["received_at", "id"], "number IS NULL")
    _index_where("ix_replies_post_id", ["post_id", "received_at", "id"], "post_id IS NOT NULL")
    for column in ("channel", "kind"):
        op.create_index(
            f"ix_replies_{column}_received_at_id", "replies", [column, "received_at", "id"]
        )
    op.create_table(
        "reply_terms",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", Id(), nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block", "term", name="pk_reply_terms"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reply_blocks",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_at", UtcTime(), nullable=False),
        sa.Column("last_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("block", name="pk_reply_blocks"),
    )


def _index_where(name: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    op.create_index(
        name,
        "replies",
        columns,
        unique=unique,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )
