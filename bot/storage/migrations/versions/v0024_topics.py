"""What people speak of: terms by hour, themes by day, alerts, records, questions of the press."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_counts()
    op.create_table(
        "topic_alerts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_topic_alerts"),
    )
    op.create_index("ix_topic_alerts_state_seen_at", "topic_alerts", ["state", "seen_at"])
    op.create_index("ix_topic_alerts_seen_at", "topic_alerts", ["seen_at"])
    for table, moment in (("topic_records", "changed_at"), ("media_questions", "asked_at")):
        op.create_table(
            table,
            sa.Column("case_id", Id(), nullable=False),
            sa.Column(moment, UtcTime(), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=f"fk_{table}_case_id"),
            sa.PrimaryKeyConstraint("case_id", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_{moment}", table, [moment])


def _create_counts() -> None:
    op.create_table(
        "topic_sightings",
        sa.Column("hour", UtcTime(), nullable=False),
        sa.Column("term", ExactText(), nullable=False),
        sa.Column("asker", Id(), nullable=False),
        sa.Column("reply_id", Id(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "term", "asker", name="pk_topic_sightings"),
    )
    op.create_index("ix_topic_sightings_reply_id", "topic_sightings", ["reply_id"])
    op.create_index("ix_topic_sightings_term_hour", "topic_sightings", ["term", "hour"])
    op.create_table(
        "topic_hours",
        sa.Column("term", ExactText(), nullable=False),
        sa.Column("hour", UtcTime(), nullable=False),
        sa.Column("askers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", "hour", name="pk_topic_hours"),
    )
    op.create_index("ix_topic_hours_hour", "topic_hours", ["hour"])
    op.create_table(
        "topic_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_topic_days"),
    )
