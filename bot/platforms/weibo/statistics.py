"""Figures of posts and of the account, as Weibo tells them: how things stand now, no days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.budgets import Purpose, budget_day
from bot.domain.statistics.figures import (
    ArticleDay,
    ArticleId,
    Counting,
    Figures,
    FollowerDay,
    PublishedArticle,
)
from bot.domain.statistics.planning import Question, Subject, Term
from bot.platforms.weibo.client.account import followers
from bot.platforms.weibo.client.session import Link, Session
from bot.platforms.weibo.client.timeline import MOST_COUNTED, Counts, counts
from bot.ports.clock import Clock
from bot.ports.platform import LivePost
from bot.ports.statistics import Reading
from bot.ports.tokens import CallBudgets, TokenStore

TERMS = (
    # The account is asked last: an app that may not see it keeps the figures of its posts.
    Term(Subject.ARTICLES, span_days=1, grows_days=1, reach_days=1),
    Term(Subject.FOLLOWERS, span_days=1, grows_days=1, reach_days=1),
)
CALLS_A_MORNING = len(TERMS)
"""Of the hundred of an ordinary app's day."""
POST_ID = "platform_post_id"
_SECONDS = 15.0
_STILL_YESTERDAY = timedelta(hours=12)
"""What is read by noon stands for the day before; later it is this day's, as far as it goes."""


@dataclass(frozen=True)
class WeiboStatistics:
    """Implements `bot.ports.statistics.StatisticsReader`. Shared between threads.

    One call counts up to a hundred posts, one tells of the account. How often a post was read no
    interface tells. What was not asked on a day cannot be asked later.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    @property
    def message_key(self) -> str:
        """A post's figures go by its id."""
        return POST_ID

    def terms(self, account: Account) -> tuple[Term, ...]:  # noqa: ARG002 - the same for all
        """Yesterday's; every account may be asked, though the app may not be allowed to."""
        return TERMS

    def read(self, access: AccountAccess, question: Question, live: Sequence[LivePost]) -> Reading:
        """One call, none where no post is public."""
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        session = link.session(access, seconds=_SECONDS, purpose=Purpose.COUNTING)
        now = self.clock.now()
        if question.subject is Subject.FOLLOWERS:
            return _followers(session, now, question)
        return _posts(session, now, question, live)


def _followers(session: Session, now: datetime, question: Question) -> Reading:
    day = budget_day(now - _STILL_YESTERDAY)
    told = FollowerDay(
        session.access.account.id,
        day,
        followers(session),
        gained=None,
        lost=None,
        read_at=now,
        is_final=day == question.last,
    )
    return Reading(follower_days=(told,))


def _posts(
    session: Session, now: datetime, question: Question, live: Sequence[LivePost]
) -> Reading:
    posts = {p.platform_ids[POST_ID]: p for p in live if p.platform_ids.get(POST_ID)}
    asked = list(posts)[:MOST_COUNTED]
    if not asked:
        return Reading()
    found = counts(session, asked)
    day = budget_day(now - _STILL_YESTERDAY)
    account = session.access.account.id
    ids = {mid: ArticleId(account, mid) for mid in asked if mid in found}
    articles = (
        PublishedArticle(one, budget_day(posts[mid].published_at), was_pushed=False)
        for mid, one in ids.items()
    )
    days = (_day(one, found[mid], day, now, question.last) for mid, one in ids.items())
    return Reading(tuple(articles), tuple(days))


def _day(one: ArticleId, told: Counts, day: date, now: datetime, asked: date) -> ArticleDay:
    figures = Figures(shares=told.reposts, likes=told.likes, comments=told.comments)
    return ArticleDay(one, day, Counting.TO_DATE, figures, now, is_final=day == asked)
