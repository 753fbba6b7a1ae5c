"""Posts are read in steps, with a record of it and deputies; sessions say where they began."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is in review waits for its one step."""
    op.add_column("posts", sa.Column("review_step", Id()))
    op.add_column("posts", sa.Column("involved", ExactText(), nullable=False, server_default="[]"))
    op.add_column("posts", sa.Column("keeper", ExactText()))
    op.execute("UPDATE posts SET review_step = 'second' WHERE state = 'in_review'")
    kept = sa.text("keeper IS NOT NULL")
    op.create_index(
        "ix_posts_keeper", "posts", ["keeper"], sqlite_where=kept, postgresql_where=kept
    )
    for name in ("address", "browser"):
        op.add_column("sessions", sa.Column(name, ExactText()))
    op.create_table(
        "review_entries",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_review_entries_post_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_review_entries"),
    )
    op.create_index("ix_review_entries_post_id_sequence", "review_entries", ["post_id", "sequence"])
    op.create_table(
        "deputies",
        sa.Column("id", Id(), nullable=False),
        sa.Column("deputy", ExactText(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deputies"),
    )
    op.create_index("ix_deputies_deputy_until", "deputies", ["deputy", "until"])
    op.create_index("ix_deputies_until", "deputies", ["until"])
