"""Letters of cases that run are listed by when they were received."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_ASKED = """
UPDATE cases SET asked_at = (SELECT received_at FROM replies WHERE replies.id = cases.reply_id)
WHERE reply_id IS NOT NULL
"""


def upgrade() -> None:
    """Say of each case when its reply was received."""
    op.add_column("cases", sa.Column("asked_at", UtcTime(), nullable=True))
    op.execute(_ASKED)
    for name, columns in (
        ("ix_cases_running_asked_at", ["asked_at", "reply_id"]),
        ("ix_cases_running_account_id_asked_at", ["account_id", "asked_at", "reply_id"]),
    ):
        runs = sa.text("is_running")
        op.create_index(name, "cases", columns, sqlite_where=runs, postgresql_where=runs)
