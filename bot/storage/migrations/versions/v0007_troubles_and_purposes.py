"""What stops a whole account, and what the calls of a day were spent on."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "account_troubles",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_account_troubles_account_id"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_account_troubles"),
    )
    op.create_table(
        "call_purposes",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("purpose", Id(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_call_purposes_account_id"
        ),
        sa.PrimaryKeyConstraint("account_id", "day", "purpose", name="pk_call_purposes"),
    )
