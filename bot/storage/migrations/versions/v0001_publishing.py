"""The tables of publishing: sources, releases, rules, accounts, posts, deliveries."""

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
    _create_rules()
    _create_sources()
    _create_stops()
    _create_account_tokens()
    _create_call_budgets()
    _create_releases()
    _create_uploads()
    _create_rollouts()
    _create_posts()
    _create_deliveries()
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


def _create_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("purpose", Id(), nullable=False),
        sa.Column("sha256", Id(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_uploads_account_id"),
        sa.PrimaryKeyConstraint("account_id", "purpose", "sha256", name="pk_uploads"),
    )


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
