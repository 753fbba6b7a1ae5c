"""Figures by account, article and day; a later reading takes the place of the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, case, func, or_, select, tuple_

from bot.domain.accounts.budgets import budget_day
from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import AccountId, PostId
from bot.domain.posts.post import Post
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Receipt
from bot.domain.statistics.figures import (
    COUNTS,
    AccountDay,
    ArticleDay,
    ArticleId,
    FollowerDay,
    PublishedArticle,
)
from bot.domain.statistics.matching import Trace
from bot.domain.statistics.planning import Asked, Subject
from bot.ports.statistics import Outlook
from bot.storage.encoding import decode, encode
from bot.storage.figure_rows import figure_values
from bot.storage.statements import Upsert, upsert
from bot.storage.tables import (
    account_days,
    article_days,
    deliveries,
    follower_days,
    posts,
    published_articles,
    statistics_asked,
    statistics_outlooks,
)

_a, _o, _s = published_articles.c, statistics_outlooks.c, statistics_asked.c
_d, _p = deliveries.c, posts.c


class SqlStatistics:
    """Keeps the promises of `ports.statistics.Statistics`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def outlook(self, account: AccountId) -> Outlook | None:
        wanted = select(statistics_outlooks).where(_o.account_id == account)
        row = self._connection.execute(wanted).first()
        if row is None:
            return None
        finding = decode(AccountFinding, row.finding) if row.finding else None
        return Outlook(AccountId(row.account_id), row.next_at, finding)

    def save_outlook(self, outlook: Outlook) -> None:
        finding = outlook.finding
        row = {
            "account_id": outlook.account,
            "next_at": outlook.next_at,
            "finding": encode(AccountFinding, finding) if finding else None,
        }
        self._write(_replacing(self._dialect, statistics_outlooks), [row])

    def asked(self, account: AccountId, *, since: date) -> Sequence[Asked]:
        wanted = select(statistics_asked).where(_s.account_id == account, _s.day >= since)
        return [
            Asked(Subject(row.subject), row.day, row.at, row.is_final, row.tries)
            for row in self._connection.execute(wanted.order_by(_s.subject, _s.day))
        ]

    def save_asked(self, account: AccountId, asked: Sequence[Asked]) -> None:
        rows = [{"account_id": account} | asdict(one) for one in asked]
        self._write(_replacing(self._dialect, statistics_asked), rows)

    def articles(self, ids: Sequence[ArticleId]) -> Sequence[PublishedArticle]:
        if not ids:
            return []
        keys = [(one.account, one.message, one.position) for one in ids]
        key = tuple_(_a.account_id, _a.message, _a.position)
        wanted = select(published_articles).where(key.in_(keys))
        ordered = wanted.order_by(_a.account_id, _a.message, _a.position)
        return [_article(row) for row in self._connection.execute(ordered)]

    def save_articles(self, articles: Sequence[PublishedArticle]) -> None:
        self._write(_remembering(self._dialect), [_article_values(one) for one in articles])

    def save_article_days(self, days: Sequence[ArticleDay]) -> None:
        rows = [
            _key(one.article)
            | {"day": one.day, "counting": one.counting}
            | figure_values(one.figures)
            | {"is_final": one.is_final, "read_at": one.read_at}
            for one in days
        ]
        self._write(_revising(self._dialect, article_days, COUNTS), rows)

    def save_account_days(self, days: Sequence[AccountDay]) -> None:
        rows = [
            {"account_id": one.account, "day": one.day}
            | figure_values(one.figures)
            | {"source_visits": one.source_visits, "articles": one.articles}
            | {"is_final": one.is_final, "read_at": one.read_at}
            for one in days
        ]
        self._write(_revising(self._dialect, account_days, COUNTS), rows)

    def save_follower_days(self, days: Sequence[FollowerDay]) -> None:
        counts = ("followers", "gained", "lost")
        rows = [
            {"account_id": one.account, "day": one.day}
            | {name: getattr(one, name) for name in counts}
            | {"is_final": one.is_final, "read_at": one.read_at}
            for one in days
        ]
        self._write(_revising(self._dialect, follower_days, counts), rows)

    def traces(
        self, account: AccountId, *, since: datetime, until: datetime, message_key: str
    ) -> Sequence[Trace]:
        public = (
            select(_p.body, _d.receipt, _d.published_at)
            .join_from(deliveries, posts, _p.id == _d.post_id)
            .where(
                _d.account_id == account,
                _d.published_at >= since,
                _d.published_at < until,
                _d.state != DeliveryState.REMOVED,
            )
        )
        newest = public.order_by(_d.published_at.desc(), _d.id.desc())
        return [_trace(*row, message_key) for row in self._connection.execute(newest)]

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name

    def _write(self, statement: Upsert, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows)


def _key(article: ArticleId) -> dict[str, Any]:
    return {
        "account_id": article.account,
        "message": article.message,
        "position": article.position,
    }


def _replacing(dialect: str, table: Table) -> Upsert:
    """Insert rows, or put them in the place of those with their keys."""
    insert = upsert(dialect, table)
    keys = table.primary_key.columns
    others = [column.name for column in table.c if column.name not in keys]
    return insert.on_conflict_do_update(
        index_elements=list(keys), set_={name: insert.excluded[name] for name in others}
    )


def _revising(dialect: str, table: Table, counts: Sequence[str]) -> Upsert:
    """As `_replacing`, but an older reading changes nothing, and a lower count leaves a mark."""
    insert = upsert(dialect, table)
    new, keys = insert.excluded, table.primary_key.columns
    is_lower = or_(*(new[name] < table.c[name] for name in counts))
    changes: dict[str, Any] = {
        column.name: new[column.name] for column in table.c if column.name not in keys
    }
    changes["revised_at"] = case((is_lower, new.read_at), else_=table.c.revised_at)
    return insert.on_conflict_do_update(
        index_elements=list(keys), set_=changes, where=table.c.read_at <= new.read_at
    )


def _remembering(dialect: str) -> Upsert:
    insert = upsert(dialect, published_articles)
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=list(published_articles.primary_key.columns),
        set_={
            "published_on": func.coalesce(new.published_on, _a.published_on),
            "title": func.coalesce(func.nullif(new.title, ""), _a.title),
            "url": func.coalesce(func.nullif(new.url, ""), _a.url),
            "was_pushed": func.coalesce(new.was_pushed, _a.was_pushed),
            "post_id": func.coalesce(new.post_id, _a.post_id),
        },
    )


def _article_values(article: PublishedArticle) -> dict[str, Any]:
    return _key(article.id) | {
        "published_on": article.published_on,
        "title": article.title,
        "url": article.url,
        "was_pushed": article.was_pushed,
        "post_id": article.post,
    }


def _article(row: Row[Any]) -> PublishedArticle:
    return PublishedArticle(
        ArticleId(AccountId(row.account_id), row.message, row.position),
        row.published_on,
        row.title,
        row.url,
        row.was_pushed,
        PostId(row.post_id) if row.post_id else None,
    )


def _trace(body: str, receipt_body: str, published_at: datetime, message_key: str) -> Trace:
    post, receipt = decode(Post, body), decode(Receipt, receipt_body)
    return Trace(
        post.id,
        receipt.ids.get(message_key, ""),
        receipt.urls,
        tuple(article.title for article in post.draft.content.articles),
        budget_day(published_at),
    )
