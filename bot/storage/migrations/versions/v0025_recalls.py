"""Withdrawals that are followed until nothing is public any more."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id, UtcTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "recalls",
        sa.Column("id", Id(), nullable=False),
        sa.Column("release_id", Id(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recalls"),
    )
    op.create_index("ix_recalls_release_id", "recalls", ["release_id"])
    op.create_index("ix_recalls_opened_at", "recalls", ["opened_at"])
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_recalls_open",
        "recalls",
        ["opened_at"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
