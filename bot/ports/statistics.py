"""Figures: what a platform is asked, where they are kept, and how pages and lists read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import AccountId
from bot.domain.statistics.figures import (
    AccountDay,
    ArticleDay,
    ArticleId,
    Counting,
    Figures,
    FollowerDay,
    PublishedArticle,
)
from bot.domain.statistics.matching import Trace
from bot.domain.statistics.planning import Asked, Question, Term
from bot.ports.platform import LivePost


@dataclass(frozen=True)
class Reading:
    """A platform's answer to one question; `open_days` are those it has no final figures of."""

    articles: tuple[PublishedArticle, ...] = ()
    article_days: tuple[ArticleDay, ...] = ()
    account_days: tuple[AccountDay, ...] = ()
    follower_days: tuple[FollowerDay, ...] = ()
    open_days: frozenset[date] = frozenset()


class StatisticsReader(Protocol):
    """Asks one platform for figures. Shared between threads."""

    @property
    def message_key(self) -> str:
        """Under which name a receipt keeps the id that the platform's figures name a post by."""
        ...

    def terms(self, account: Account) -> tuple[Term, ...]:
        """What this account can be asked; nothing for one whose platform tells it nothing."""
        ...

    def read(self, access: AccountAccess, question: Question, live: Sequence[LivePost]) -> Reading:
        """The answer to one question. `live` are the account's newest public posts, for platforms
        that count only what they are asked by id.

        Raises:
            PlatformError: nothing was read.
        """
        ...


@dataclass(frozen=True)
class Outlook:
    """When an account's figures are looked at next, and what keeps them from being read."""

    account: AccountId
    next_at: datetime
    finding: AccountFinding | None = None


class Statistics(Protocol):
    """Figures by account, article and day. The last reading counts, also when it is lower."""

    def outlook(self, account: AccountId) -> Outlook | None: ...
    def save_outlook(self, outlook: Outlook) -> None: ...

    def asked(self, account: AccountId, *, since: date) -> Sequence[Asked]:
        """What was asked for days from `since` on."""
        ...

    def save_asked(self, account: AccountId, asked: Sequence[Asked]) -> None: ...

    def articles(self, ids: Sequence[ArticleId]) -> Sequence[PublishedArticle]:
        """Those of them that are known."""
        ...

    def save_articles(self, articles: Sequence[PublishedArticle]) -> None:
        """Remember articles. A title, an address or a post that is known is not forgotten when
        a later answer leaves it out."""
        ...

    def save_article_days(self, days: Sequence[ArticleDay]) -> None:
        """Store figures. A reading older than the stored one changes nothing; a count lower than
        the stored one is marked as revised at that reading."""
        ...

    def save_account_days(self, days: Sequence[AccountDay]) -> None: ...
    def save_follower_days(self, days: Sequence[FollowerDay]) -> None: ...

    def traces(
        self, account: AccountId, *, since: datetime, until: datetime, message_key: str
    ) -> Sequence[Trace]:
        """By what the posts of the account that became public then can be known."""
        ...


@dataclass(frozen=True)
class ArticleLine:
    """An article in a list, with its newest figures to date.

    `through` is the last day they cover, None before the first reading; `revised_at` says when
    the platform last lowered a number.
    """

    account_id: str
    account_name: str
    platform: str
    message: str
    position: int
    title: str
    url: str
    published_on: date | None
    was_pushed: bool | None
    post_id: str | None
    release_id: str | None
    figures: Figures
    through: date | None
    is_final: bool
    read_at: datetime | None
    revised_at: datetime | None


@dataclass(frozen=True)
class AccountLine:
    """An account's followers at its newest day, and what came and went over the days asked for.

    Where the platform does not tell who came and left, both are None and `net` is the difference
    to the last count before those days, or to the first one since. `is_read` says whether its
    platform is asked for figures, `finding` what keeps them from being read, if anything does.
    """

    account_id: str
    account_name: str
    platform: str
    verified: bool
    is_read: bool
    through: date | None
    followers: int | None
    gained: int | None
    lost: int | None
    net: int | None
    articles: int
    finding: AccountFinding | None


@dataclass(frozen=True)
class UncountedPost:
    """A public post of which the platform has told nothing yet."""

    post_id: str
    title: str
    account_id: str
    account_name: str
    platform: str
    published_at: datetime


@dataclass(frozen=True)
class FormMix:
    """In which forms interpretations were released: releases that went out, those among them
    without any interpretation, and the number of interpretations by kind."""

    releases: int
    without: int
    kinds: Mapping[str, int]


class StatisticsOverview(Protocol):
    """Queries behind pages and lists; each opens and ends its own read transaction."""

    def articles(
        self,
        *,
        account: str = "",
        post: str = "",
        since: date | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[ArticleLine]:
        """Articles, the newest published first."""
        ...

    def article_days(
        self, post: str, *, counting: Counting = Counting.TO_DATE
    ) -> Sequence[ArticleDay]:
        """The figures of a post's articles, article by article and day by day."""
        ...

    def uncounted_posts(
        self, *, account: str = "", since: date, limit: int = 100
    ) -> Sequence[UncountedPost]:
        """Posts that became public since then and have no article, of accounts whose platform
        is asked; the newest first."""
        ...

    def account_lines(self, *, since: date) -> Sequence[AccountLine]:
        """Every enabled account."""
        ...

    def form_mix(self, *, since: date) -> FormMix:
        """Of the releases that went out since then."""
        ...
