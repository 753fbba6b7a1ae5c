"""Tables of figures: articles and their days, accounts, followers, and what was asked."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
)

from bot.domain.statistics.figures import COUNTS
from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

RATES = ("delivery_rate", "finish_rate", "average_seconds")


def _figures() -> list[Column[Any]]:
    return [
        *(Column(name, Integer) for name in COUNTS),
        *(Column(name, Float) for name in RATES),
        Column("sources", Text, nullable=False),
    ]


def _reading() -> list[Column[Any]]:
    return [
        Column("is_final", Boolean, nullable=False),
        Column("read_at", UtcTime, nullable=False),
        Column("revised_at", UtcTime),
    ]


published_articles = Table(
    "published_articles",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("message", Id, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("published_on", Date),
    Column("title", ExactText, nullable=False),
    Column("url", ExactText, nullable=False),
    Column("was_pushed", Boolean),
    Column("post_id", Id, ForeignKey("posts.id")),
    Index(None, "published_on"),
    Index(None, "post_id"),
)

article_days = Table(
    "article_days",
    METADATA,
    Column("account_id", Id, primary_key=True),
    Column("message", Id, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("counting", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    *_figures(),
    *_reading(),
    ForeignKeyConstraint(
        ["account_id", "message", "position"],
        [
            "published_articles.account_id",
            "published_articles.message",
            "published_articles.position",
        ],
    ),
)

account_days = Table(
    "account_days",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    *_figures(),
    Column("source_visits", Integer),
    Column("articles", Integer),
    *_reading(),
)

follower_days = Table(
    "follower_days",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("followers", Integer, nullable=False),
    Column("gained", Integer),
    Column("lost", Integer),
    *_reading(),
)

statistics_asked = Table(
    "statistics_asked",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("subject", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("is_final", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
)

statistics_outlooks = Table(
    "statistics_outlooks",
    METADATA,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
    Column("next_at", UtcTime, nullable=False),
    Column("finding", Text),
)
