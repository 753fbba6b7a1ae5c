"""Figures of articles, of the account and of its followers, as WeChat tells them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import RateLimited
from bot.domain.ids import AccountId
from bot.domain.statistics.figures import (
    AccountDay,
    ArticleDay,
    ArticleId,
    Counting,
    FollowerDay,
    PublishedArticle,
)
from bot.domain.statistics.planning import Question, Subject, Term
from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client import datacube
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.ports.clock import Clock
from bot.ports.platform import LivePost
from bot.ports.statistics import Reading
from bot.ports.tokens import CallBudgets, TokenStore

READ_SECONDS = 20.0
ARTICLES_SINCE = date(2025, 11, 1)
"""Before it the current article endpoints know nothing."""
TERMS = (
    Term(Subject.FOLLOWERS, span_days=7, grows_days=3, reach_days=30),
    Term(Subject.ACCOUNT, span_days=30, grows_days=7, reach_days=30, since=ARTICLES_SINCE),
    Term(Subject.ARTICLES, span_days=1, grows_days=30, reach_days=45, since=ARTICLES_SINCE),
    Term(Subject.READING, span_days=1, grows_days=2, reach_days=30, since=ARTICLES_SINCE),
)
"""Spans: developers.weixin.qq.com/doc/subscription/api/wedata, read November 2026. An article is
counted for 30 days. How long other days are asked again is our choice: numbers get revised."""
SECONDS_A_UNIT = {"second": 1.0, "minute": 60.0}
_NOT_READY = "61503"


@dataclass(frozen=True)
class WechatStatistics:
    """Implements `bot.ports.statistics.StatisticsReader`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    @property
    def message_key(self) -> str:
        """`msgid` begins with what submit and sendall answer as msg_data_id."""
        return evidence.MSG_DATA_ID

    def terms(self, account: Account) -> tuple[Term, ...]:
        """Only verified accounts are told anything."""
        return TERMS if account.verified else ()

    def read(
        self,
        access: AccountAccess,
        question: Question,
        live: Sequence[LivePost],  # noqa: ARG002 - WeChat names every article by itself
    ) -> Reading:
        """One or two calls; figures that are not there yet leave their days open."""
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        line = Line(self.http, keeper, self.budgets, self.clock)
        session = Session(line, access, Deadline(READ_SECONDS), publishing=False)
        asking = _Asking(session, access.account, question, self.clock.now())
        try:
            return _READ[question.subject](asking)
        except RateLimited as refused:
            if refused.code != _NOT_READY:
                raise
            return Reading(open_days=frozenset(question.days))


@dataclass(frozen=True)
class _Asking:
    """One question on its way, and when it is asked."""

    session: Session
    account: Account
    question: Question
    at: datetime

    def article(self, message: str, position: int) -> ArticleId:
        return ArticleId(self.account.id, message, position)

    @property
    def account_id(self) -> AccountId:
        return self.account.id

    def open_days(self, *, delayed: bool) -> frozenset[date]:
        return frozenset(self.question.days if delayed else ())


def _followers(asking: _Asking) -> Reading:
    first, last = asking.question.first, asking.question.last
    totals = datacube.followers(asking.session, first, last)
    moves = datacube.moves(asking.session, first, last) if totals else {}
    days = tuple(
        FollowerDay(asking.account_id, day, total, *moves.get(day, (0, 0)), asking.at)
        for day, total in sorted(totals.items())
    )
    return Reading(follower_days=days, open_days=frozenset(asking.question.days) - set(totals))


def _account(asking: _Asking) -> Reading:
    told = datacube.account_days(asking.session, asking.question.first, asking.question.last)
    days = tuple(
        AccountDay(
            asking.account_id,
            row.day,
            row.figures,
            asking.at,
            row.source_visits,
            row.articles,
            is_final=not told.is_delayed,
        )
        for row in told.rows
    )
    open_days = asking.open_days(delayed=told.is_delayed)
    # An answer that comes too early may simply leave out its newest day.
    if asking.question.last not in {row.day for row in told.rows}:
        open_days |= {asking.question.last}
    return Reading(account_days=days, open_days=open_days)


def _articles(asking: _Asking) -> Reading:
    unit = SECONDS_A_UNIT[asking.account.options.get("read_time_unit", "minute")]
    told = datacube.article_details(asking.session, asking.question.first, seconds_a_unit=unit)
    articles, days = [], []
    for row in told.rows:
        known = asking.article(row.message, row.position)
        articles.append(
            PublishedArticle(known, row.published_on, row.title, row.url, row.was_pushed)
        )
        days += [
            ArticleDay(
                known,
                day,
                Counting.TO_DATE,
                figures,
                asking.at,
                is_final=not told.is_delayed,
            )
            for day, figures in row.days
        ]
    return Reading(
        tuple(articles), tuple(days), open_days=asking.open_days(delayed=told.is_delayed)
    )


def _reading(asking: _Asking) -> Reading:
    day = asking.question.first
    read = datacube.read_on(asking.session, day)
    shared = datacube.shared_on(asking.session, day)
    delayed = read.is_delayed or shared.is_delayed
    figures = {(row.message, row.position): row.figures for row in read.rows}
    for row in shared.rows:
        known = figures.get((row.message, row.position))
        shares = row.figures.shares
        figures[row.message, row.position] = replace(known, shares=shares) if known else row.figures
    ids = {name: asking.article(*name) for name in figures}
    return Reading(
        tuple(PublishedArticle(article) for article in ids.values()),
        tuple(
            ArticleDay(ids[name], day, Counting.ON_DAY, told, asking.at, is_final=not delayed)
            for name, told in figures.items()
        ),
        open_days=asking.open_days(delayed=delayed),
    )


_READ: Mapping[Subject, Callable[[_Asking], Reading]] = {
    Subject.FOLLOWERS: _followers,
    Subject.ACCOUNT: _account,
    Subject.ARTICLES: _articles,
    Subject.READING: _reading,
}
