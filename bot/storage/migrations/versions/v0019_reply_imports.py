"""Files of replies that were handed in."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id, UtcTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "reply_imports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("staged_at", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_reply_imports"),
    )
    op.create_index("ix_reply_imports_staged_at_id", "reply_imports", ["staged_at", "id"])
    op.create_index(
        "ix_reply_imports_waiting",
        "reply_imports",
        ["staged_at"],
        sqlite_where=sa.text("rows IS NOT NULL"),
        postgresql_where=sa.text("rows IS NOT NULL"),
    )
