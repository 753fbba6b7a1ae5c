"""Figures of articles, accounts and followers by day, and what was asked for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ARTICLE = ("account_id", "message", "position")


def upgrade() -> None:
    """Create the tables."""
    _articles()
    _days()
    _reading()


def _articles() -> None:
    op.create_table(
        "published_articles",
        *_article_key(),
        sa.Column("published_on", sa.Date()),
        sa.Column("title", ExactText(), nullable=False),
        sa.Column("url", ExactText(), nullable=False),
        sa.Column("was_pushed", sa.Boolean()),
        sa.Column("post_id", Id()),
        sa.PrimaryKeyConstraint(*_ARTICLE, name="pk_published_articles"),
        _of_account("published_articles"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_published_articles_post_id"),
    )
    for column in ("published_on", "post_id"):
        op.create_index(f"ix_published_articles_{column}", "published_articles", [column])


def _days() -> None:
    op.create_table(
        "article_days",
        *_article_key(),
        sa.Column("counting", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_figures(),
        *_read(),
        sa.PrimaryKeyConstraint(*_ARTICLE, "counting", "day", name="pk_article_days"),
        sa.ForeignKeyConstraint(
            _ARTICLE,
            [f"published_articles.{name}" for name in _ARTICLE],
            name="fk_article_days_account_id_message_position",
        ),
    )
    op.create_table(
        "account_days",
        *_account_day(),
        *_figures(),
        sa.Column("source_visits", sa.Integer()),
        sa.Column("articles", sa.Integer()),
        *_read(),
        sa.PrimaryKeyConstraint("account_id", "day", name="pk_account_days"),
        _of_account("account_days"),
    )
    op.create_table(
        "follower_days",
        *_account_day(),
        *(sa.Column(n, sa.Integer(), nullable=False) for n in ("followers", "gained", "lost")),
        *_read(),
        sa.PrimaryKeyConstraint("account_id", "day", name="pk_follower_days"),
        _of_account("follower_days"),
    )


def _reading() -> None:
    op.create_table(
        "statistics_asked",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("subject", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "subject", "day", name="pk_statistics_asked"),
        _of_account("statistics_asked"),
    )
    op.create_table(
        "statistics_outlooks",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("next_at", UtcTime(), nullable=False),
        sa.Column("finding", sa.Text()),
        sa.PrimaryKeyConstraint("account_id", name="pk_statistics_outlooks"),
        _of_account("statistics_outlooks"),
    )


def _article_key() -> list[sa.Column[Any]]:
    return [
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("message", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
    ]


def _account_day() -> list[sa.Column[Any]]:
    return [
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
    ]


def _figures() -> list[sa.Column[Any]]:
    counts = ("readers", "reads", "shares", "likes", "recommends", "comments", "collections")
    return [
        *(sa.Column(name, sa.Integer()) for name in (*counts, "new_followers")),
        *(sa.Column(n, sa.Float()) for n in ("delivery_rate", "finish_rate", "average_seconds")),
        sa.Column("sources", sa.Text(), nullable=False),
    ]


def _read() -> list[sa.Column[Any]]:
    return [
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=False),
        sa.Column("revised_at", UtcTime()),
    ]


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=f"fk_{table}_account_id")
