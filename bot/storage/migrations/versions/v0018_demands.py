"""What people ask for in vain, and searches that found nothing."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "demands",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", Id(), nullable=False),
        sa.Column("subject", ExactText(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("department_id", Id()),
        sa.Column("release_id", Id()),
        sa.Column("reason", ExactText(), nullable=False),
        sa.Column("raised_at", UtcTime(), nullable=False),
        sa.Column("changed_by", ExactText(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name="fk_demands_department_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_demands"),
    )
    op.create_index("ix_demands_kind_subject", "demands", ["kind", "subject"], unique=True)
    op.create_index("ix_demands_raised_at", "demands", ["raised_at"])
    op.create_table(
        "search_misses",
        sa.Column("words", ExactText(), nullable=False),
        sa.Column("reply_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_search_misses_reply_id"),
        sa.PrimaryKeyConstraint("words", "reply_id", name="pk_search_misses"),
    )
    op.create_index("ix_search_misses_reply_id", "search_misses", ["reply_id"])
