"""Cases whose asker may still be told of the answer: an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

UNTOLD = sa.text("answered_by = 'look_up' AND answer_id IS NULL AND NOT is_running")


def upgrade() -> None:
    """Create the index."""
    op.create_index(
        "ix_cases_untold",
        "cases",
        ["answered_at", "id"],
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )
