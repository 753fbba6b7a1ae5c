"""Replies of which somebody said that they need no answer; what waits is found by an index."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_OPEN = """
UPDATE replies SET open_since = received_at
WHERE answer_rule IS NULL AND kind <> 'event' AND erased_at IS NULL
AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.reply_id = replies.id)
AND NOT EXISTS (
    SELECT 1 FROM answers WHERE answers.reply_id = replies.id
    AND answers.state IN ('waiting', 'sending', 'unknown', 'sent')
)
"""


def upgrade() -> None:
    """Create the table; mark what nobody has dealt with."""
    op.create_table(
        "set_asides",
        sa.Column("reply_id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("by", ExactText(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("reason", ExactText(), nullable=False),
        sa.PrimaryKeyConstraint("reply_id", name="pk_set_asides"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_set_asides_account_id_accounts"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["replies.id"], name="fk_set_asides_reply_id_replies"
        ),
    )
    op.create_index("ix_set_asides_received_at_reply_id", "set_asides", ["received_at", "reply_id"])
    op.create_index(
        "ix_set_asides_account_id_received_at_reply_id",
        "set_asides",
        ["account_id", "received_at", "reply_id"],
    )
    op.add_column("replies", sa.Column("open_since", UtcTime(), nullable=True))
    op.execute(_OPEN)
    for name, columns in (
        ("ix_replies_open_since", ["open_since", "id"]),
        ("ix_replies_account_id_open_since", ["account_id", "open_since", "id"]),
    ):
        is_open = sa.text("open_since IS NOT NULL")
        op.create_index(name, "replies", columns, sqlite_where=is_open, postgresql_where=is_open)
