"""Former drafts of posts."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "post_revisions",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", Id(), nullable=False),
        sa.Column("approved_by", ExactText()),
        sa.Column("replaced_by", ExactText(), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_post_revisions_post_id"),
        sa.PrimaryKeyConstraint("post_id", "number", name="pk_post_revisions"),
    )
