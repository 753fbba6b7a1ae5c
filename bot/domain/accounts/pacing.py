"""Pacing: how the few calls of a day are spread, so that words are seen soon and the calls last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.accounts.budgets import BEIJING, next_budget_day

FIGURES_BY = time(9)
"""By when a morning's figures have been asked for (`domain/statistics/planning.py`)."""
_STEP = timedelta(minutes=5)
_NIGHT, _MORNING, _LATE = 7, 9, 23
_WEIGHTS_BY_HOUR = {"night": 0.08, "early": 0.5, "day": 1.0}
_AFTER_A_POST = (
    (timedelta(minutes=30), 6.0),
    (timedelta(hours=3), 3.0),
    (timedelta(hours=10), 1.6),
)


@dataclass(frozen=True)
class Pace:
    """`calls_a_look` is what a look costs on average, reading included; looks lie at least
    `soonest` and at most `latest` apart."""

    calls_a_look: float = 3.0
    soonest: timedelta = timedelta(minutes=3)
    latest: timedelta = timedelta(hours=4)


def next_look(
    now: datetime, *, left: int, posts: Sequence[datetime], pace: Pace | None = None
) -> datetime:
    """When to look again, with `left` calls for it until midnight in Beijing.

    The rest of the day is divided into as many parts of equal weight as looks can be paid for.
    The hours after a post weigh most, also those of posts that are still to go out; the night
    hardly weighs. Without calls for a look: when the next day brings new ones.
    """
    pace = pace or Pace()
    day_ends = next_budget_day(now)
    looks = int(left / pace.calls_a_look)
    if looks < 1:
        return day_ends
    share = sum(weight for _, weight in _weights(now, day_ends, posts)) / looks
    moment = _when_passed(share, _weights(now, day_ends + pace.latest, posts), otherwise=day_ends)
    return min(max(moment, now + pace.soonest), now + pace.latest)


def calls_for_figures(now: datetime, *, a_morning: int) -> int:
    """How many calls the reading of figures still needs today."""
    return a_morning if now.astimezone(BEIJING).time() < FIGURES_BY else 0


def _when_passed(
    share: float, weights: Iterator[tuple[datetime, float]], *, otherwise: datetime
) -> datetime:
    """When so much weight has gone by."""
    missing = share
    for moment, weight in weights:
        if weight >= missing:
            return moment + _STEP * (missing / weight)
        missing -= weight
    return otherwise


def weight_at(moment: datetime, posts: Sequence[datetime]) -> float:
    """How much a look at this moment is worth, beside one at noon of a day without a post."""
    hour = moment.astimezone(BEIJING).hour
    since = [moment - post for post in posts if post <= moment]
    boost = max((_boost(one) for one in since), default=1.0)
    return _WEIGHTS_BY_HOUR[_time_of_day(hour)] * boost


def _time_of_day(hour: int) -> str:
    if hour < _NIGHT or hour >= _LATE:
        return "night"
    return "early" if hour < _MORNING else "day"


def _boost(age: timedelta) -> float:
    return next((boost for until, boost in _AFTER_A_POST if age < until), 1.0)


def _weights(
    start: datetime, end: datetime, posts: Sequence[datetime]
) -> Iterator[tuple[datetime, float]]:
    moment = start
    while moment < end:
        yield moment, weight_at(moment, posts)
        moment += _STEP
