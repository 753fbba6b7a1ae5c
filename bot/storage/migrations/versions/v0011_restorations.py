"""Backups that were restored, so that nothing that went out after them goes out again."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "restorations",
        sa.Column("restored_at", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("restored_at", name="pk_restorations"),
    )
