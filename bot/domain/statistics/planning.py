"""Which days to ask a platform for now. Pure: from what was asked before and the time.

Figures of a day are ready the next morning (WeChat: after about 08:00 in Beijing). Accounts ask
at 08:15 and up to half an hour later, each at its own minute, so that they do not all ask at once.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import Misconfigured, NotPermitted, PlatformError, RateLimited
from bot.domain.ids import AccountId

READY_AT = time(8, 15)
SPREAD_SECONDS = 1800
ASK_AGAIN_AFTER = (timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))
"""Pauses after each fruitless try for a day that is not final; then the next morning."""

AFTER_LIMIT = timedelta(hours=1)
AFTER_TROUBLE = timedelta(minutes=30)


class Subject(StrEnum):
    """What a platform can be asked about days, in the order in which it is asked."""

    FOLLOWERS = "followers"
    """Who follows the account."""
    ACCOUNT = "account"
    """What all articles came to."""
    ARTICLES = "articles"
    """What became, to date, of the articles published on a day."""
    READING = "reading"
    """Which articles were read on a day, whatever their age."""


@dataclass(frozen=True)
class Term:
    """What a platform lets us ask, and what is worth asking.

    One question covers at most `span_days`. A day's answer changes until it is `grows_days` old;
    days older than `reach_days`, or before `since`, are not asked for.
    """

    subject: Subject
    span_days: int
    grows_days: int
    reach_days: int
    since: date = date.min


@dataclass(frozen=True)
class Asked:
    """That a day was asked for: when last, with a final answer or not, how often in a row not."""

    subject: Subject
    day: date
    at: datetime
    is_final: bool
    tries: int = 0


@dataclass(frozen=True)
class Question:
    """One question to a platform, for the days from `first` to `last`."""

    subject: Subject
    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Every day it asks for, in order."""
        length = (self.last - self.first).days + 1
        return tuple(self.first + timedelta(days=number) for number in range(length))


Memory = Mapping[tuple[Subject, date], Asked]


def ready_at(day: date, account: AccountId) -> datetime:
    """When, on `day`, this account asks for the days before it."""
    digest = hashlib.sha256(account.encode()).digest()
    own_minute = timedelta(seconds=int.from_bytes(digest[:4]) % SPREAD_SECONDS)
    return datetime.combine(day, READY_AT, BEIJING) + own_minute


def remembered(asked: Iterable[Asked]) -> Memory:
    """What was asked, by subject and day."""
    return {(one.subject, one.day): one for one in asked}


def questions(
    terms: Sequence[Term], memory: Memory, account: AccountId, now: datetime
) -> tuple[Question, ...]:
    """What is worth asking now; the newest days of a subject first."""
    morning = _last_morning(account, now)
    return tuple(
        question
        for term in terms
        for question in _spans(
            term,
            [
                day
                for day in _days(term, morning)
                if _due_at(term, day, memory, account, morning) <= now
            ],
        )
    )


def next_look(terms: Sequence[Term], memory: Memory, account: AccountId, now: datetime) -> datetime:
    """When the account should be looked at again: at the latest the next morning."""
    morning = _last_morning(account, now)
    looks = [
        _due_at(term, day, memory, account, morning)
        for term in terms
        for day in _days(term, morning)
    ]
    return min([ready_at(morning + timedelta(days=1), account), *looks])


def again_after(error: PlatformError, account: AccountId, now: datetime) -> datetime:
    """When to ask again after a refusal: at the time it names; the next morning where a person
    has to change something first; else soon."""
    if isinstance(error, RateLimited):
        return error.until or now + AFTER_LIMIT
    if isinstance(error, NotPermitted | Misconfigured):
        return ready_at(_last_morning(account, now) + timedelta(days=1), account)
    return now + AFTER_TROUBLE


def noted(before: Asked | None, asked: Asked, account: AccountId) -> Asked:
    """`asked` with the number of its fruitless tries of this morning."""
    if asked.is_final:
        return asked
    morning = ready_at(_last_morning(account, asked.at), account)
    again = before is not None and not before.is_final and before.at >= morning
    tries = before.tries + 1 if before is not None and again else 1
    return Asked(asked.subject, asked.day, asked.at, is_final=False, tries=tries)


def _last_morning(account: AccountId, now: datetime) -> date:
    """The newest day on which figures are ready; the figures are those of the day before it."""
    today = now.astimezone(BEIJING).date()
    return today if now >= ready_at(today, account) else today - timedelta(days=1)


def _days(term: Term, morning: date) -> Iterator[date]:
    for age in range(1, term.reach_days + 1):
        day = morning - timedelta(days=age)
        if day >= term.since:
            yield day


def _due_at(term: Term, day: date, memory: Memory, account: AccountId, morning: date) -> datetime:
    """When a day is to be asked for again, at or before now if it is due."""
    asked = memory.get((term.subject, day))
    this_morning = ready_at(morning, account)
    if asked is None or (asked.at < this_morning and not asked.is_final):
        return this_morning
    if not asked.is_final and asked.tries <= len(ASK_AGAIN_AFTER):
        return asked.at + ASK_AGAIN_AFTER[asked.tries - 1]
    last_change = ready_at(day + timedelta(days=term.grows_days), account)
    if asked.is_final and asked.at < min(this_morning, last_change):
        return this_morning
    return ready_at(morning + timedelta(days=1), account)


def _spans(term: Term, days: Sequence[date]) -> Iterator[Question]:
    """Neighbouring days, newest first, as few questions as the platform allows."""
    span: list[date] = []
    for day in days:
        if span and (len(span) == term.span_days or span[-1] - day > timedelta(days=1)):
            yield Question(term.subject, span[-1], span[0])
            span = []
        span.append(day)
    if span:
        yield Question(term.subject, span[-1], span[0])
