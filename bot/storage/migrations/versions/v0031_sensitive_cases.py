"""Why a case is sensitive."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no case was sensitive before."""
    op.add_column("cases", sa.Column("care", ExactText()))
