"""The newest check of each account, and an index for what is planned on one."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the index."""
    op.create_table(
        "account_checks",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_account_checks_account_id"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_account_checks"),
    )
    op.create_index("ix_deliveries_account_id_due_at", "deliveries", ["account_id", "due_at"])
