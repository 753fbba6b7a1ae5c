"""What stands in the way of an account's plan: posts that crowd each other, quotas, quiet hours,
quiet periods, embargoes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.domain.accounts.account import PUSHES_TO_FOLLOWERS, Account
from bot.domain.accounts.budgets import BEIJING, budget_day
from bot.domain.accounts.mass_calendar import allowance_of, sends_a_day
from bot.domain.publishing.quiet import QUIET_WORDS, AtEnd, QuietPeriod, kept_until

CLOSE_TOGETHER = timedelta(minutes=10)
"""Followers take two posts of one account within this time for one, or for a mistake."""


class ConflictKind(StrEnum):
    """What is in the way."""

    CLOSE = "close"
    DAY_FULL = "day_full"
    MONTH_FULL = "month_full"
    QUIET_HOURS = "quiet_hours"
    QUIET_PERIOD = "quiet_period"
    EMBARGO = "embargo"


@dataclass(frozen=True)
class Planned:
    """A post of an account at its time. `is_out`: a platform has accepted it; an `emergency` is
    kept by no quiet period."""

    post: str
    at: datetime
    is_out: bool = False
    embargo: datetime | None = None
    emergency: bool = False


@dataclass(frozen=True)
class Conflict:
    """What staff should know of the plan of a Beijing day, in Chinese."""

    kind: ConflictKind
    day: date
    posts: tuple[str, ...]
    message: str


def conflicts_of(
    account: Account, planned: Iterable[Planned], quiet_periods: Iterable[QuietPeriod] = ()
) -> Sequence[Conflict]:
    """Everything in the way of this account's posts, by day. What only concerns posts that are
    out already is no conflict any more; quotas count them all the same."""
    posts = sorted(planned, key=lambda one: (one.at, one.post))
    found = [*_close(posts), *_full_days(account, posts), *_full_months(account, posts)]
    ahead = [one for one in posts if not one.is_out]
    periods = [period for period in quiet_periods if period.concerns(account.id)]
    found += [*_in_quiet_hours(account, ahead), *_in_quiet_period(periods, ahead)]
    found += _under_embargo(ahead)
    return sorted(found, key=lambda one: one.day)


def _close(posts: Sequence[Planned]) -> Iterator[Conflict]:
    for one, next_one in pairwise(posts):
        if next_one.at - one.at < CLOSE_TOGETHER and not next_one.is_out:
            apart = int((next_one.at - one.at).total_seconds()) // 60
            yield Conflict(
                ConflictKind.CLOSE,
                budget_day(next_one.at),
                (one.post, next_one.post),
                f"{_clock(one.at)} 和 {_clock(next_one.at)} 两篇"
                + (f"只隔 {apart} 分钟" if apart else "同时发出"),
            )


def _full_days(account: Account, posts: Sequence[Planned]) -> Iterator[Conflict]:
    a_day = sends_a_day(account)
    verb = "群发" if account.mode in PUSHES_TO_FOLLOWERS else "发布"
    days: defaultdict[date, list[Planned]] = defaultdict(list)
    for one in posts:
        days[budget_day(one.at)].append(one)
    for day, of_day in days.items():
        if a_day and len(of_day) > a_day and not of_day[-1].is_out:
            message = f"排了 {len(of_day)} 次{verb}，平台每天只允许 {a_day} 次"
            yield Conflict(ConflictKind.DAY_FULL, day, _ids(of_day), message)


def _full_months(account: Account, posts: Sequence[Planned]) -> Iterator[Conflict]:
    a_month = allowance_of(account).a_month if account.mode in PUSHES_TO_FOLLOWERS else 0
    months: defaultdict[tuple[int, int], list[Planned]] = defaultdict(list)
    for one in posts:
        day = budget_day(one.at)
        months[day.year, day.month].append(one)
    for (_, month), of_month in months.items():
        for one in of_month[a_month:] if a_month else ():
            if not one.is_out:
                told = f"{month}月排了 {len(of_month)} 次群发，平台每月只允许 {a_month} 次"
                kind = ConflictKind.MONTH_FULL
                yield Conflict(kind, budget_day(one.at), (one.post,), told)


def _in_quiet_hours(account: Account, posts: Sequence[Planned]) -> Iterator[Conflict]:
    quiet = account.quiet_hours
    for one in posts:
        if quiet is not None and quiet.covers(one.at.astimezone(BEIJING).time()):
            hours = f"{quiet.start:%H:%M}–{quiet.end:%H:%M}"
            yield Conflict(
                ConflictKind.QUIET_HOURS,
                budget_day(one.at),
                (one.post,),
                f"{_clock(one.at)} 在免打扰时段（{hours}）内，到时间仍会发出",
            )


def _in_quiet_period(
    periods: Sequence[QuietPeriod], posts: Sequence[Planned]
) -> Iterator[Conflict]:
    kept: defaultdict[tuple[date, QuietPeriod], list[Planned]] = defaultdict(list)
    for one in posts:
        period = None if one.emergency else kept_until(periods, one.at)
        if period is not None:
            kept[budget_day(one.at), period].append(one)
    for (day, period), of_day in kept.items():
        ends = period.until.astimezone(BEIJING)
        then = "自动发出" if period.at_end is AtEnd.PUBLISH else "由人决定是否发出"
        yield Conflict(
            ConflictKind.QUIET_PERIOD,
            day,
            _ids(of_day),
            f"{_clocks(of_day)} 在{QUIET_WORDS}（{period.reason}）内，"
            f"{ends.month}月{ends.day}日 {ends:%H:%M} 结束后{then}",
        )


def _under_embargo(posts: Sequence[Planned]) -> Iterator[Conflict]:
    for one in posts:
        if one.embargo is not None and one.at < one.embargo:
            opens = one.embargo.astimezone(BEIJING)
            yield Conflict(
                ConflictKind.EMBARGO,
                budget_day(one.at),
                (one.post,),
                f"{_clock(one.at)} 的一篇要等到 {opens.month}月{opens.day}日 {opens:%H:%M} "
                "解禁才会发出",
            )


def _ids(posts: Iterable[Planned]) -> tuple[str, ...]:
    return tuple(one.post for one in posts)


def _clocks(posts: Iterable[Planned]) -> str:
    return "、".join(dict.fromkeys(_clock(one.at) for one in posts))


def _clock(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%H:%M}"
