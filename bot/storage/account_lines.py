"""The figures of every account in a line each, asked for all accounts at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, func, select

from bot.domain.accounts.account import Account
from bot.domain.accounts.check import AccountFinding
from bot.ports.statistics import AccountLine
from bot.storage.encoding import decode, decode_shared
from bot.storage.tables import accounts, follower_days, published_articles, statistics_outlooks

_c, _f, _p, _o = accounts.c, follower_days.c, published_articles.c, statistics_outlooks.c
_DAYS = follower_days.alias("days")

Rows = Mapping[str, Any]


class _Known(NamedTuple):
    """By account: its newest count of followers, the one its moves begin with, who came and left
    since, and how many articles it published."""

    newest: Rows
    first: Rows
    moved: Rows
    articles: Rows


def account_lines(connection: Connection, *, since: date) -> Sequence[AccountLine]:
    """Every enabled account, with its newest figures and what has moved since that day."""
    enabled = (
        select(_c.body, _o.account_id.label("outlook"), _o.finding)
        .outerjoin_from(accounts, statistics_outlooks, _o.account_id == _c.id)
        .where(_c.enabled)
        .order_by(_c.id)
    )
    begins = func.coalesce(_day(func.max, _DAYS.c.day < since), _day(func.min))
    known = _Known(
        newest=_counted_on(connection, _day(func.max)),
        first=_counted_on(connection, begins),
        moved=_moved(connection, since),
        articles=_articles(connection, since),
    )
    return [_line(row, known) for row in connection.execute(enabled)]


def _day(which: Any, *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    of_account = select(which(_DAYS.c.day)).where(_DAYS.c.account_id == _c.id, *where)
    return of_account.correlate(accounts).scalar_subquery()


def _counted_on(connection: Connection, day: ColumnElement[Any]) -> Rows:
    """How many followed each account on this day of its own, by the end of an index each."""
    wanted = (
        select(_f.account_id, _f.day, _f.followers)
        .join_from(accounts, follower_days, _f.account_id == _c.id)
        .where(_c.enabled, _f.day == day)
    )
    return {row.account_id: row for row in connection.execute(wanted)}


def _moved(connection: Connection, since: date) -> Rows:
    wanted = (
        select(_f.account_id, func.sum(_f.gained).label("gained"), func.sum(_f.lost).label("lost"))
        .join_from(accounts, follower_days, _f.account_id == _c.id)
        .where(_c.enabled, _f.day >= since)
        .group_by(_f.account_id)
    )
    return {row.account_id: row for row in connection.execute(wanted)}


def _articles(connection: Connection, since: date) -> Rows:
    wanted = (
        select(_p.account_id, func.count().label("number"))
        .where(_p.published_on >= since)
        .group_by(_p.account_id)
    )
    return {row.account_id: row for row in connection.execute(wanted)}


def _line(row: Any, known: _Known) -> AccountLine:
    account = decode_shared(Account, row.body)
    last, moves = known.newest.get(account.id), known.moved.get(account.id)
    is_told = moves is not None and moves.gained is not None
    written = known.articles.get(account.id)
    return AccountLine(
        account_id=account.id,
        account_name=account.name,
        platform=account.platform,
        verified=account.verified,
        is_read=row.outlook is not None,
        through=last.day if last else None,
        followers=last.followers if last else None,
        gained=moves.gained if moves and is_told else None,
        lost=moves.lost if moves and is_told else None,
        net=moves.gained - moves.lost
        if moves and is_told
        else _difference(known.first.get(account.id), last),
        articles=written.number if written else 0,
        finding=decode(AccountFinding, row.finding) if row.finding else None,
    )


def _difference(begun: Row[Any] | None, last: Row[Any] | None) -> int | None:
    """Between two days on which somebody counted."""
    if begun is None or last is None or begun.day == last.day:
        return None
    return int(last.followers - begun.followers)
