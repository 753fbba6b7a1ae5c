"""Who came and left need not be known where a platform only counts its followers."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both columns may be empty."""
    with op.batch_alter_table("follower_days") as table:
        for name in ("gained", "lost"):
            table.alter_column(name, existing_type=sa.Integer(), nullable=True)
