"""How many ask a question stands beside it, and who joined lately is found by the time."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_COUNT = (
    "UPDATE questions SET size = (SELECT count(*) FROM question_members"
    " WHERE question_id = questions.id AND standing <> 'taken_out')"
)


def upgrade() -> None:
    """Count once; from now on who puts a member in counts."""
    op.add_column(
        "questions", sa.Column("size", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.execute(_COUNT)
    op.create_index("ix_questions_state_size_id", "questions", ["state", "size", "id"])
    op.create_index(
        "ix_question_members_proposed_at_question_id",
        "question_members",
        ["proposed_at", "question_id"],
    )
