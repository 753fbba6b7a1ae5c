"""Votes on releases."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "release_votes",
        sa.Column("release_id", Id(), nullable=False),
        sa.Column("voter", Id(), nullable=False),
        sa.Column("is_useful", sa.Boolean(), nullable=False),
        sa.Column("words", ExactText(), nullable=False),
        sa.Column("voted_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("release_id", "voter", name="pk_release_votes"),
    )
    op.create_index("ix_release_votes_voted_at", "release_votes", ["voted_at"])
