"""What staff write back, how comments stand, and whose data is erased."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; a reply may become a tombstone, and is found by its sender."""
    op.add_column("replies", sa.Column("erased_at", UtcTime()))
    op.create_index(
        "ix_replies_account_id_sender_said_at", "replies", ["account_id", "sender", "said_at"]
    )
    _create_answers()
    _create_comment_standings()
    _create_erasures()


def _create_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", Id(), nullable=False),
        sa.Column("reply_id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("way", Id(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("by", ExactText(), nullable=False),
        sa.Column("text", ExactText(), nullable=False),
        sa.Column("card", ExactText()),
        sa.Column("article", ExactText(), nullable=False),
        sa.Column("written_at", UtcTime(), nullable=False),
        sa.Column("next_at", UtcTime()),
        sa.Column("rung_at", UtcTime()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcTime()),
        sa.Column("deadline_at", UtcTime()),
        sa.Column("finished_at", UtcTime()),
        sa.Column("failure", sa.Text()),
        sa.Column("erased_at", UtcTime()),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_answers_account_id"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_answers_reply_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_reply_id", "answers", ["reply_id"])
    op.create_index("ix_answers_account_id_written_at", "answers", ["account_id", "written_at"])
    op.create_index(
        "ix_answers_next_at",
        "answers",
        ["next_at"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )


def _create_comment_standings() -> None:
    op.create_table(
        "comment_standings",
        sa.Column("reply_id", Id(), nullable=False),
        sa.Column("is_selected", sa.Boolean(), nullable=False),
        sa.Column("author_reply", ExactText(), nullable=False),
        sa.Column("author_replied_at", UtcTime()),
        sa.Column("gone_at", UtcTime()),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_comment_standings_reply_id"),
        sa.PrimaryKeyConstraint("reply_id", name="pk_comment_standings"),
    )


def _create_erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("follower", ExactText(), nullable=False),
        sa.Column("pseudonym", Id(), nullable=False),
        sa.Column("reason", Id(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("asked_by", ExactText(), nullable=False),
        sa.Column("done_at", UtcTime()),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_erasures_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    op.create_index(
        "ix_erasures_due_at",
        "erasures",
        ["due_at"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
