"""Everything one person holds goes to another, with a note; cases are found by who handles them."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the index."""
    op.create_table(
        "handovers",
        sa.Column("id", Id(), nullable=False),
        sa.Column("giver", ExactText(), nullable=False),
        sa.Column("taker", ExactText(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_giver", "handovers", ["giver"])
    op.create_index("ix_handovers_taker", "handovers", ["taker"])
    running = sa.text("is_running")
    op.create_index(
        "ix_cases_handler_running",
        "cases",
        ["handler", "due_at"],
        sqlite_where=running,
        postgresql_where=running,
    )
