"""The first tables."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table after the ones it refers to."""
    _create_accounts()
    _create_answer_rules()
    _create_audit_records()
    _create_requests()
    _create_rules()
    _create_sources()
    _create_stops()
    _create_users()
    _create_account_tokens()
    _create_api_tokens()
    _create_call_budgets()
    _create_releases()
    _create_reply_cursors()
    _create_sessions()
    _create_rollouts()
    _create_posts()
    _create_deliveries()
    _create_replies()
    _create_delivery_entries()


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("platform", Id(), nullable=False),
        sa.Column("mode", Id(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sealed_secrets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )


def _create_answer_rules() -> None:
    op.create_table(
        "answer_rules",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_answer_rules"),
    )


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


def _create_rules() -> None:
    op.create_table(
        "rules",
        sa.Column("id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rules"),
    )


def _create_sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", Id(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )


def _create_stops() -> None:
    op.create_table(
        "stops",
        sa.Column("scope", Id(), nullable=False),
        sa.Column("stopped_by", ExactText(), nullable=False),
        sa.Column("stopped_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_stops"),
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


def _create_account_tokens() -> None:
    op.create_table(
        "account_tokens",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("sealed", sa.Text()),
        sa.Column("digest", Id()),
        sa.Column("expires_at", UtcTime()),
        sa.Column("fetched_at", UtcTime()),
        sa.Column("refresh_until", UtcTime()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_account_tokens_account_id"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_account_tokens"),
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


def _create_call_budgets() -> None:
    op.create_table(
        "call_budgets",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("bucket", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_call_budgets_account_id"),
        sa.PrimaryKeyConstraint("account_id", "bucket", "day", name="pk_call_budgets"),
    )


def _create_releases() -> None:
    op.create_table(
        "releases",
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("source_id", Id(), nullable=False),
        sa.Column("source_key", ExactText(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("title", ExactText(), nullable=False),
        sa.Column("document_number", ExactText()),
        sa.Column("issuing_bodies", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date()),
        sa.Column("published_on", sa.Date()),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("interpretations", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_releases_source_id"),
        sa.PrimaryKeyConstraint("id", "version", name="pk_releases"),
        sa.UniqueConstraint(
            "source_id", "source_key", "version", name="uq_releases_source_id_source_key_version"
        ),
    )
    op.create_index("ix_releases_document_number", "releases", ["document_number"])
    op.create_index(
        "ix_releases_is_newest_received_at_id", "releases", ["is_newest", "received_at", "id"]
    )
    op.create_index("ix_releases_state_received_at", "releases", ["state", "received_at"])


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


def _create_rollouts() -> None:
    op.create_table(
        "rollouts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("release_id", Id(), nullable=False),
        sa.Column("release_version", sa.Integer(), nullable=False),
        sa.Column("policy", Id(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("due_at", UtcTime()),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id", "release_version"],
            ["releases.id", "releases.version"],
            name="fk_rollouts_release_id_release_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rollouts"),
    )
    op.create_index(
        "ix_rollouts_release_id_release_version", "rollouts", ["release_id", "release_version"]
    )


def _create_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("rollout_id", Id(), nullable=False),
        sa.Column("release_id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("kind", Id(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("title", ExactText(), nullable=False),
        sa.Column("due_at", UtcTime()),
        sa.Column("approved_by", ExactText()),
        sa.Column("hold_reason", ExactText(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_posts_account_id"),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollouts.id"], name="fk_posts_rollout_id"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
    )
    op.create_index("ix_posts_account_id_id", "posts", ["account_id", "id"])
    op.create_index("ix_posts_release_id", "posts", ["release_id"])
    op.create_index("ix_posts_rollout_id", "posts", ["rollout_id"])
    op.create_index("ix_posts_state_due_at", "posts", ["state", "due_at"])


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", Id(), nullable=False),
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("rollout_id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", Id(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("next_at", UtcTime()),
        sa.Column("rung_at", UtcTime()),
        sa.Column("prepared_at", UtcTime()),
        sa.Column("accepted_at", UtcTime()),
        sa.Column("published_at", UtcTime()),
        sa.Column("seen_at", UtcTime()),
        sa.Column("hold_reason", ExactText(), nullable=False),
        sa.Column("receipt", sa.Text()),
        sa.Column("lease_token", Id()),
        sa.Column("lease_until", UtcTime()),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_deliveries_account_id"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_deliveries_post_id"),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollouts.id"], name="fk_deliveries_rollout_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("post_id", "revision", name="uq_deliveries_post_id_revision"),
    )
    op.create_index(
        "ix_deliveries_account_id_published_at", "deliveries", ["account_id", "published_at"]
    )
    op.create_index(
        "ix_deliveries_next_at",
        "deliveries",
        ["next_at"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index("ix_deliveries_rollout_id", "deliveries", ["rollout_id"])
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"])


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


def _create_delivery_entries() -> None:
    op.create_table(
        "delivery_entries",
        sa.Column("delivery_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.Column("job_id", Id()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_delivery_entries_delivery_id"
        ),
        sa.PrimaryKeyConstraint("delivery_id", "seq", name="pk_delivery_entries"),
    )
    op.create_index(
        "ix_delivery_entries_job_id",
        "delivery_entries",
        ["job_id"],
        sqlite_where=sa.text("job_id IS NOT NULL"),
        postgresql_where=sa.text("job_id IS NOT NULL"),
    )
