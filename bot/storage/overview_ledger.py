"""What was made public beside what was asked: counted document by document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, select

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.disclosure import Application
from bot.domain.releases.release import ReleaseState
from bot.domain.statistics.figures import Counting
from bot.domain.statistics.ledger import ApplicationLine, LedgerLine
from bot.storage.encoding import decode
from bot.storage.overview_posts import CURRENT_DELIVERY
from bot.storage.overview_releases import IS_LIVE
from bot.storage.tables import (
    article_days,
    case_applications,
    cases,
    deliveries,
    departments,
    posts,
    published_articles,
    release_votes,
    releases,
    replies,
)
from bot.storage.transactions import Transactions

_r, _p, _d, _y = releases.c, posts.c, deliveries.c, replies.c
_a, _n, _c, _f, _v = (
    published_articles.c,
    article_days.c,
    cases.c,
    case_applications.c,
    release_votes.c,
)


class SqlLedgerOverview:
    """Keeps the promises of `ports.ledger.LedgerOverview`."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def ledger(self, *, since: datetime, limit: int = 500) -> Sequence[LedgerLine]:
        wanted = (
            select(_r.id, _r.title, _r.document_number, _r.published_on)
            .where(_r.is_newest, _r.state == ReleaseState.RELEASED, _r.received_at >= since)
            .order_by(_r.received_at.desc(), _r.id.desc())
            .limit(limit)
        )
        with self._transactions.reading() as connection:
            rows = connection.execute(wanted).all()
            ids = [row.id for row in rows]
            live, readers = _by_release(connection, _LIVE, ids), _readers(connection, ids)
            asked, votes = (_by_release(connection, each, ids) for each in (_ASKED, _VOTES))
        return [
            _line(row, live.get(row.id), readers.get(row.id), asked.get(row.id), votes.get(row.id))
            for row in rows
        ]

    def applications(
        self, *, since: datetime, department: str | None = None, limit: int = 500
    ) -> Sequence[ApplicationLine]:
        wanted = _FILED.where(_f.filed_at >= since).order_by(_f.filed_at.desc(), _c.id.desc())
        if department is not None:
            wanted = wanted.where(_c.department_id == department)
        with self._transactions.reading() as connection:
            return [_application(row) for row in connection.execute(wanted.limit(limit))]


_LIVE = (
    select(
        _p.release_id,
        func.sum(case((IS_LIVE, 1), else_=0)).label("live"),
        func.min(_d.published_at).label("first"),
    )
    .join_from(posts, deliveries, CURRENT_DELIVERY)
    .group_by(_p.release_id)
)
_ASKED = (
    select(
        _p.release_id,
        func.count(_y.id).label("asked"),
        func.count(_c.id).label("cases"),
        func.count(_c.answered_at).label("answered"),
    )
    .join_from(replies, posts, _p.id == _y.post_id)
    .outerjoin(cases, _c.reply_id == _y.id)
    .group_by(_p.release_id)
)
_VOTES = select(
    _v.release_id,
    func.sum(case((_v.is_useful, 1), else_=0)).label("useful"),
    func.count().label("votes"),
).group_by(_v.release_id)
_OF_ARTICLE = and_(
    _n.account_id == _a.account_id,
    _n.message == _a.message,
    _n.position == _a.position,
    _n.counting == Counting.TO_DATE,
)
_FILED = (
    select(
        *(_c.id, _c.number, _c.subject, _c.due_at, _c.answered_at, _c.state, _c.is_paused),
        *(_f.filed_at, _f.body, departments.c.name.label("department_name")),
    )
    .join_from(case_applications, cases, _c.id == _f.case_id)
    .outerjoin(departments, departments.c.id == _c.department_id)
)


def _by_release(
    connection: Connection, counted: Select[Any], ids: Sequence[str]
) -> Mapping[str, Row[*tuple[Any, ...]]]:
    of_these = counted.where(counted.selected_columns.release_id.in_(ids))
    return {row.release_id: row for row in connection.execute(of_these)}


def _readers(connection: Connection, ids: Sequence[str]) -> Mapping[str, int]:
    """The newest count of each article, added up by release."""
    newest = (
        select(func.max(_n.day)).where(_OF_ARTICLE).correlate(published_articles).scalar_subquery()
    )
    counted = (
        select(_p.release_id, func.sum(_n.readers).label("readers"))
        .join_from(published_articles, posts, _p.id == _a.post_id)
        .join(article_days, and_(_OF_ARTICLE, _n.day == newest))
        .where(_p.release_id.in_(ids), _n.readers.is_not(None))
        .group_by(_p.release_id)
    )
    return {row.release_id: row.readers for row in connection.execute(counted)}


def _line(row: Any, live: Any, readers: int | None, asked: Any, votes: Any) -> LedgerLine:
    first = live.first.astimezone(BEIJING).date() if live is not None and live.first else None
    useful = votes.useful if votes is not None else 0
    return LedgerLine(
        release=row.id,
        title=row.title,
        document_number=row.document_number or "",
        public_on=row.published_on or first,
        live=live.live if live is not None else 0,
        readers=readers,
        asked=asked.asked if asked is not None else 0,
        cases=asked.cases if asked is not None else 0,
        answered=asked.answered if asked is not None else 0,
        useful=useful,
        useless=votes.votes - useful if votes is not None else 0,
    )


def _application(row: Any) -> ApplicationLine:
    return ApplicationLine(
        case=row.id,
        number=row.number,
        subject=row.subject,
        department=row.department_name or "",
        filed_at=row.filed_at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        state=row.state,
        extended_days=decode(Application, row.body).extended_days,
        is_paused=row.is_paused,
    )
