"""How many comments a platform counts under a post, beside those that have been received."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id, UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "comment_counts",
        sa.Column("post_id", Id, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("counted", sa.Integer, nullable=False),
        sa.Column("counted_at", UtcTime, nullable=False),
    )
