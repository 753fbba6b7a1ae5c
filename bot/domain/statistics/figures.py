"""What a platform tells of a day: of an article, of an account, of its followers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import AccountId, PostId

COUNTS = (
    "readers",
    "reads",
    "shares",
    "likes",
    "recommends",
    "comments",
    "collections",
    "new_followers",
)
"""The fields of `Figures` that only count up, unless the platform revises them."""


@dataclass(frozen=True)
class Figures:
    """People, unless the name says otherwise; None where the platform does not say.

    `recommends` is 在看. `delivery_rate` is the share of those it was delivered to who read it,
    `finish_rate` of the readers who read to the end, both 0 to 1. `new_followers` followed after
    reading. `sources` parts the readers by where they came from, in the platform's words.
    """

    readers: int | None = None
    reads: int | None = None
    shares: int | None = None
    likes: int | None = None
    recommends: int | None = None
    comments: int | None = None
    collections: int | None = None
    new_followers: int | None = None
    delivery_rate: float | None = None
    finish_rate: float | None = None
    average_seconds: float | None = None
    sources: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ArticleId:
    """An article on its platform: the message it went out with, its place there from 1."""

    account: AccountId
    message: str
    position: int = 1


@dataclass(frozen=True)
class PublishedArticle:
    """An article the platform counts, whoever published it: `post` is None for one of a hand.

    `published_on` is None for one that was only seen being read, `was_pushed` where the platform
    does not say whether followers were notified.
    """

    id: ArticleId
    published_on: date | None = None
    title: str = ""
    url: str = ""
    was_pushed: bool | None = None
    post: PostId | None = None


class Counting(StrEnum):
    """What a day's figures cover: everything from publication to that day, or that day alone."""

    TO_DATE = "to_date"
    ON_DAY = "on_day"


@dataclass(frozen=True)
class ArticleDay:
    """The figures of an article for a Beijing day. Not final: the platform says it still counts."""

    article: ArticleId
    day: date
    counting: Counting
    figures: Figures
    read_at: datetime
    is_final: bool = True


@dataclass(frozen=True)
class AccountDay:
    """What all articles of an account came to on a day. `source_visits` went on to 阅读原文;
    `articles` were published that day."""

    account: AccountId
    day: date
    figures: Figures
    read_at: datetime
    source_visits: int | None = None
    articles: int | None = None
    is_final: bool = True


@dataclass(frozen=True)
class FollowerDay:
    """How many follow an account at the end of a day, and who came and left on it, None where the
    platform tells only how many there are."""

    account: AccountId
    day: date
    followers: int
    gained: int | None
    lost: int | None
    read_at: datetime
    is_final: bool = True
