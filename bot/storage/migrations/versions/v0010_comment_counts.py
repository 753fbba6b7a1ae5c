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
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_comment_counts_post_id"),
        sa.PrimaryKeyConstraint("post_id", name="pk_comment_counts"),
    )
