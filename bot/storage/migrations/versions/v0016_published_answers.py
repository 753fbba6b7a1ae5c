"""Answers that the public may read, and ratings."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and the indexes that the public figures read along."""
    op.create_table(
        "published_answers",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("case_class", Id(), nullable=False),
        sa.Column("department_id", Id()),
        sa.Column("question", ExactText(), nullable=False),
        sa.Column("answer", ExactText(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=False),
        sa.Column("published_at", UtcTime(), nullable=False),
        sa.Column("published_by", ExactText(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_published_answers_case_id"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name="fk_published_answers_department_id"
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_published_answers"),
    )
    op.create_index(
        "ix_published_answers_published_at_case_id",
        "published_answers",
        ["published_at", "case_id"],
    )
    op.create_table(
        "case_ratings",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("rated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_ratings_case_id"),
        sa.PrimaryKeyConstraint("case_id", "answered_at", name="pk_case_ratings"),
    )
    op.create_index("ix_case_ratings_rated_at", "case_ratings", ["rated_at"])
    reopened = sa.text("kind = 'reopened'")
    op.create_index(
        "ix_case_events_reopened",
        "case_events",
        ["at"],
        sqlite_where=reopened,
        postgresql_where=reopened,
    )
