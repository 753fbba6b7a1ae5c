"""How long words are kept: when a case ended, that nobody may erase it, and when it was erased."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, UtcTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_ENDED = """
UPDATE cases SET ended_at = COALESCE(closed_at, answered_at, changed_at) WHERE NOT is_running
"""
_ERASED = """
UPDATE cases SET erased_by = '', erased_at = (
    SELECT replies.erased_at FROM replies WHERE replies.id = cases.reply_id
) WHERE reply_id IN (SELECT id FROM replies WHERE replies.erased_at IS NOT NULL)
"""


def upgrade() -> None:
    """Add the columns, fill them from what is known, and index what the sweep looks at."""
    for name, kind in (
        ("ended_at", UtcTime()),
        ("hold", ExactText()),
        ("erased_at", UtcTime()),
        ("erased_by", ExactText()),
    ):
        op.add_column("cases", sa.Column(name, kind))
    op.execute(_ENDED)
    op.execute(_ERASED)
    _index("ix_cases_ended_at", "ended_at", "ended_at IS NOT NULL AND erased_at IS NULL")
    _index("ix_cases_held", "reply_id", "hold IS NOT NULL")


def _index(name: str, column: str, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "cases", [column], sqlite_where=only, postgresql_where=only)
