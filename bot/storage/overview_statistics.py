"""Figures in lists: articles, accounts, and the forms in which interpretations went out."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, select

from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import AccountId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import Release
from bot.domain.statistics.figures import ArticleDay, ArticleId, Counting
from bot.ports.statistics import AccountLine, ArticleLine, FormMix, UncountedPost
from bot.storage.account_lines import account_lines
from bot.storage.encoding import decode
from bot.storage.figure_rows import figures_of
from bot.storage.tables import (
    accounts,
    article_days,
    deliveries,
    follower_days,
    posts,
    published_articles,
    releases,
    statistics_outlooks,
)
from bot.storage.transactions import Transactions

_a, _d, _f = published_articles.c, article_days.c, follower_days.c
_OF_ARTICLE = and_(
    _d.account_id == _a.account_id,
    _d.message == _a.message,
    _d.position == _a.position,
)
_TO_DATE = and_(_OF_ARTICLE, _d.counting == Counting.TO_DATE)


class SqlStatisticsOverview:
    """Keeps the promises of `ports.statistics.StatisticsOverview`."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def articles(
        self,
        *,
        account: str = "",
        post: str = "",
        since: date | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[ArticleLine]:
        wanted = _listed()
        if account:
            wanted = wanted.where(_a.account_id == account)
        if post:
            wanted = wanted.where(_a.post_id == post)
        if since:
            wanted = wanted.where(_a.published_on >= since)
        newest = wanted.order_by(
            _a.published_on.desc().nulls_last(), _a.message.desc(), _a.position
        )
        with self._transactions.reading() as connection:
            page = connection.execute(newest.limit(limit).offset(offset))
            return [_article_line(row) for row in page]

    def article_days(
        self, post: str, *, counting: Counting = Counting.TO_DATE
    ) -> Sequence[ArticleDay]:
        wanted = (
            select(article_days)
            .join(published_articles, _OF_ARTICLE)
            .where(_a.post_id == post, _d.counting == counting)
            .order_by(_d.position, _d.day)
        )
        with self._transactions.reading() as connection:
            return [_article_day(row) for row in connection.execute(wanted)]

    def uncounted_posts(
        self, *, account: str = "", since: date, limit: int = 100
    ) -> Sequence[UncountedPost]:
        columns: tuple[Any, ...] = (
            *(posts.c.id, posts.c.title, deliveries.c.account_id, deliveries.c.published_at),
            *(accounts.c.name, accounts.c.platform),
        )
        public = (
            select(*columns)
            .join_from(deliveries, posts, posts.c.id == deliveries.c.post_id)
            .join(accounts, accounts.c.id == deliveries.c.account_id)
            .join(statistics_outlooks, statistics_outlooks.c.account_id == accounts.c.id)
            .where(
                deliveries.c.published_at >= _midnight(since),
                deliveries.c.state != DeliveryState.REMOVED,
                ~exists().where(_a.post_id == posts.c.id),
            )
        )
        if account:
            public = public.where(deliveries.c.account_id == account)
        newest = public.order_by(deliveries.c.published_at.desc(), posts.c.id.desc())
        with self._transactions.reading() as connection:
            return [_uncounted(row) for row in connection.execute(newest.limit(limit))]

    def account_lines(self, *, since: date) -> Sequence[AccountLine]:
        with self._transactions.reading() as connection:
            return account_lines(connection, since=since)

    def form_mix(self, *, since: date) -> FormMix:
        public = select(posts.c.release_id).join_from(
            deliveries, posts, posts.c.id == deliveries.c.post_id
        )
        went_out = public.where(
            deliveries.c.published_at >= _midnight(since),
            deliveries.c.state != DeliveryState.REMOVED,
        )
        wanted = select(releases.c.body).where(releases.c.is_newest, releases.c.id.in_(went_out))
        kinds: Counter[str] = Counter()
        total = without = 0
        with self._transactions.reading() as connection:
            for body in connection.scalars(wanted):
                explained = decode(Release, body).content.interpretations
                kinds.update(each.kind.value for each in explained)
                total, without = total + 1, without + (not explained)
        return FormMix(total, without, dict(kinds.most_common()))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _uncounted(row: Row[Any]) -> UncountedPost:
    return UncountedPost(
        post_id=row.id,
        title=row.title,
        account_id=row.account_id,
        account_name=row.name,
        platform=row.platform,
        published_at=row.published_at,
    )


def _listed() -> Select[Any]:
    newest = (
        select(func.max(_d.day)).where(_TO_DATE).correlate(published_articles).scalar_subquery()
    )
    figures = [column for column in article_days.c if column.name not in published_articles.c]
    return (
        select(
            *published_articles.c,
            *figures,
            *(accounts.c.name, accounts.c.platform),
            *(posts.c.release_id, posts.c.title.label("post_title")),
        )
        .join_from(published_articles, accounts, accounts.c.id == _a.account_id)
        .outerjoin(posts, posts.c.id == _a.post_id)
        .outerjoin(article_days, and_(_TO_DATE, _d.day == newest))
    )


def _article_line(row: Row[Any]) -> ArticleLine:
    return ArticleLine(
        account_id=row.account_id,
        account_name=row.name,
        platform=row.platform,
        message=row.message,
        position=row.position,
        title=row.title or row.post_title or "",
        url=row.url,
        published_on=row.published_on,
        was_pushed=row.was_pushed,
        post_id=row.post_id,
        release_id=row.release_id,
        figures=figures_of(row),
        through=row.day,
        is_final=row.is_final is not False,
        read_at=row.read_at,
        revised_at=row.revised_at,
    )


def _article_day(row: Row[Any]) -> ArticleDay:
    return ArticleDay(
        ArticleId(AccountId(row.account_id), row.message, row.position),
        row.day,
        Counting(row.counting),
        figures_of(row),
        row.read_at,
        row.is_final,
    )
