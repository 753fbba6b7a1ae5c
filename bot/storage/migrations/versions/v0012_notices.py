"""Telling staff: channels, alerts that stand, the outbox, tries of a backup."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "notice_channels",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sealed_secrets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_channels"),
        sa.UniqueConstraint("name", name="uq_notice_channels_name"),
    )
    op.create_table(
        "alerts",
        sa.Column("kind", Id(), nullable=False),
        sa.Column("subject", Id(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_alerts"),
    )
    op.create_table(
        "notices",
        sa.Column("id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("key", Id(), nullable=False),
        sa.Column("next_at", UtcTime()),
        sa.Column("tried_at", UtcTime()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("channel_id", "key", name="uq_notices_channel_id_key"),
    )
    op.create_index("ix_notices_next_at", "notices", ["next_at"])
    op.create_index("ix_notices_channel_id_tried_at", "notices", ["channel_id", "tried_at"])
    op.create_table(
        "backup_tries",
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("fault", ExactText(), nullable=False),
        sa.PrimaryKeyConstraint("at", name="pk_backup_tries"),
    )
