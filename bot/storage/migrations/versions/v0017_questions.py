"""Questions that many ask, and the replies that ask them."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "questions",
        sa.Column("id", Id(), nullable=False),
        sa.Column("proposed_at", UtcTime(), nullable=False),
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_state_proposed_at", "questions", ["state", "proposed_at"])
    op.create_index("ix_questions_proposed_at", "questions", ["proposed_at"])
    _create_members()
    op.create_table(
        "question_progress",
        sa.Column("name", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_question_progress"),
    )


def _create_members() -> None:
    table = "question_members"
    op.create_table(
        table,
        sa.Column("question_id", Id(), nullable=False),
        sa.Column("reply_id", Id(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("proposed_at", UtcTime(), nullable=False),
        sa.Column("standing", Id(), nullable=False),
        sa.Column("judged_by", ExactText(), nullable=False),
        sa.Column("answer_id", Id()),
        sa.Column("why_not", ExactText(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=f"fk_{table}_answer_id"),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=f"fk_{table}_question_id"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=f"fk_{table}_reply_id"),
        sa.PrimaryKeyConstraint("question_id", "reply_id", name=f"pk_{table}"),
    )
    condition = sa.text("standing <> 'taken_out'")
    op.create_index(
        f"ix_{table}_standing",
        table,
        ["reply_id"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )
