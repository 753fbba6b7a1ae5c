"""Tables of rollouts, posts, deliveries and their journals."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

rollouts = Table(
    "rollouts",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("release_id", Id, nullable=False),
    Column("release_version", Integer, nullable=False),
    Column("policy", Id, nullable=False),
    Column("state", Id, nullable=False),
    Column("due_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["release_id", "release_version"], ["releases.id", "releases.version"]),
    Index(None, "release_id", "release_version"),
)

posts = Table(
    "posts",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("rollout_id", Id, ForeignKey("rollouts.id"), nullable=False),
    Column("release_id", Id, nullable=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("kind", Id, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Id, nullable=False),
    Column("title", ExactText, nullable=False),
    Column("due_at", UtcTime),
    Column("approved_by", ExactText),
    Column("hold_reason", ExactText, nullable=False),
    Column("review_step", Id),
    Column("involved", ExactText, nullable=False, server_default="[]"),
    Column("keeper", ExactText),
    Column("body", Text, nullable=False),
    Index(None, "rollout_id"),
    Index(None, "release_id"),
    Index(None, "account_id", "id"),
    Index(None, "state", "due_at"),
    Index(
        "ix_posts_keeper",
        "keeper",
        sqlite_where=text("keeper IS NOT NULL"),
        postgresql_where=text("keeper IS NOT NULL"),
    ),
)

post_revisions = Table(
    "post_revisions",
    METADATA,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", Id, nullable=False),
    Column("approved_by", ExactText),
    Column("replaced_by", ExactText, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("rollout_id", Id, ForeignKey("rollouts.id"), nullable=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content_hash", Id, nullable=False),
    Column("state", Id, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("next_at", UtcTime),
    Column("rung_at", UtcTime),
    Column("prepared_at", UtcTime),
    Column("accepted_at", UtcTime),
    Column("published_at", UtcTime),
    Column("seen_at", UtcTime),
    Column("hold_reason", ExactText, nullable=False),
    Column("receipt", Text),
    Column("lease_token", Id),
    Column("lease_until", UtcTime),
    Column("urgent", Boolean, nullable=False, server_default=false()),
    Column("not_before", UtcTime),
    UniqueConstraint("post_id", "revision"),
    Index(None, "rollout_id"),
    Index(None, "account_id", "published_at"),
    Index(None, "account_id", "due_at"),
    Index(None, "state", "due_at"),
    # "Comparing next_at" implies "not null" to both planners, so the tick reads only this index.
    Index(
        "ix_deliveries_next_at",
        "next_at",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
    Index(
        "ix_deliveries_urgent",
        "next_at",
        sqlite_where=text("urgent"),
        postgresql_where=text("urgent"),
    ),
)

delivery_entries = Table(
    "delivery_entries",
    METADATA,
    Column("delivery_id", Id, ForeignKey("deliveries.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("is_finished", Boolean, nullable=False),
    Column("job_id", Id),
    Column("body", Text, nullable=False),
    Index(
        "ix_delivery_entries_job_id",
        "job_id",
        sqlite_where=text("job_id IS NOT NULL"),
        postgresql_where=text("job_id IS NOT NULL"),
    ),
)

ticks = Table(
    "ticks",
    METADATA,
    Column("name", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
)

outages = Table(
    "outages",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("until", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "until"),
)

outage_deliveries = Table(
    "outage_deliveries",
    METADATA,
    Column("outage_id", Id, ForeignKey("outages.id"), primary_key=True),
    Column("delivery_id", Id, ForeignKey("deliveries.id"), primary_key=True),
    Column("due_at", UtcTime, nullable=False),
    Column("was_sending", Boolean, nullable=False),
)
