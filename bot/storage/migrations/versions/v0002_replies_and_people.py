"""The tables of replies, of staff and their sessions, of audit records and requests."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table after the ones it refers to."""
    _create_audit_records()
    _create_requests()
    _create_users()
    _create_api_tokens()
    _create_reply_cursors()
    _create_sessions()
    _create_replies()


def _create_audit_records() -> None:
    op.create_table(
        "audit_records",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor", ExactText(), nullable=False),
        sa.Column("action", Id(), nullable=False),
        sa.Column("object_kind", Id(), nullable=False),
        sa.Column("object_id", Id(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", Id(), nullable=False),
        sa.Column("hash", Id(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit_records"),
    )
    op.create_index("ix_audit_records_object_id", "audit_records", ["object_id"])


def _create_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("scope", Id(), nullable=False),
        sa.Column("key", ExactText(), nullable=False),
        sa.Column("digest", Id(), nullable=False),
        sa.Column("answer", ExactText(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_requests"),
    )


def _create_users() -> None:
    op.create_table(
        "users",
        sa.Column("id", Id(), nullable=False),
        sa.Column("login", ExactText(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("login", name="uq_users_login"),
    )


def _create_api_tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("source_id", Id(), nullable=False),
        sa.Column("token_hash", Id(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("revoked_at", UtcTime()),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_api_tokens_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
    )


def _create_reply_cursors() -> None:
    op.create_table(
        "reply_cursors",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("stream", ExactText(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_reply_cursors_account_id"
        ),
        sa.PrimaryKeyConstraint("account_id", "stream", name="pk_reply_cursors"),
    )


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("key_hash", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("csrf", Id(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id"),
        sa.PrimaryKeyConstraint("key_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])


def _create_replies() -> None:
    op.create_table(
        "replies",
        sa.Column("id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("channel", Id(), nullable=False),
        sa.Column("kind", Id(), nullable=False),
        sa.Column("key", ExactText(), nullable=False),
        sa.Column("type_name", ExactText(), nullable=False),
        sa.Column("sender", ExactText(), nullable=False),
        sa.Column("sender_name", ExactText(), nullable=False),
        sa.Column("text", ExactText(), nullable=False),
        sa.Column("target", ExactText(), nullable=False),
        sa.Column("platform_id", ExactText(), nullable=False),
        sa.Column("recipient", ExactText(), nullable=False),
        sa.Column("raw", ExactText(), nullable=False),
        sa.Column("job", ExactText()),
        sa.Column("job_pending_since", UtcTime()),
        sa.Column("is_known_type", sa.Boolean(), nullable=False),
        sa.Column("said_at", UtcTime(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("answer_rule", ExactText()),
        sa.Column("answer_text", ExactText()),
        sa.Column("answer_body", ExactText(), nullable=False),
        sa.Column("post_id", Id()),
        sa.Column("times_received", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_replies_account_id"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_replies_post_id"),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
    )
    op.create_index("ix_replies_account_id_key", "replies", ["account_id", "key"], unique=True)
    op.create_index(
        "ix_replies_account_id_received_at_id", "replies", ["account_id", "received_at", "id"]
    )
    op.create_index(
        "ix_replies_job_pending_since",
        "replies",
        ["job_pending_since"],
        sqlite_where=sa.text("job_pending_since IS NOT NULL"),
        postgresql_where=sa.text("job_pending_since IS NOT NULL"),
    )
    op.create_index("ix_replies_received_at_id", "replies", ["received_at", "id"])
