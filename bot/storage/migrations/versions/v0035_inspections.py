"""What was found in attachments, and which releases wait for it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id, UtcTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "inspections",
        sa.Column("sha256", Id(), nullable=False),
        sa.Column("inspected_at", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_inspections"),
    )
    op.create_table(
        "inspection_waits",
        sa.Column("sha256", Id(), nullable=False),
        sa.Column("release_id", Id(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("taken_until", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", "release_id", name="pk_inspection_waits"),
    )
    op.create_index("ix_inspection_waits_asked_at", "inspection_waits", ["asked_at"])
    op.create_index("ix_inspection_waits_release_id", "inspection_waits", ["release_id"])
