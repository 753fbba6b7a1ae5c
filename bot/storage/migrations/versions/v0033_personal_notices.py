"""Single people are told what concerns them; notices to channels are forgotten in time."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and say of each notice when it was made."""
    op.create_table(
        "personal_notices",
        sa.Column("id", Id(), nullable=False),
        sa.Column("login", ExactText(), nullable=False),
        sa.Column("key", Id(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_personal_notices"),
        sa.UniqueConstraint("login", "key", name="uq_personal_notices_login_key"),
    )
    op.create_index("ix_personal_notices_login_at", "personal_notices", ["login", "at"])
    op.create_index("ix_personal_notices_at", "personal_notices", ["at"])
    op.create_table(
        "notice_wishes",
        sa.Column("login", ExactText(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("login", name="pk_notice_wishes"),
    )
    op.create_table(
        "told_records",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_told_records"),
    )
    op.add_column("notices", sa.Column("made_at", UtcTime(), nullable=True))
    op.create_index("ix_notices_made_at", "notices", ["made_at"])
