"""The seconds in which publishing at once can be undone."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("deliveries", sa.Column("not_before", UtcTime()))
