"""Whether so many askers are more than chance: a stated rule, pure.

A term that `askers` people used in a window is held against what was usual. Usual is the larger of
two numbers: the mean of the same window in past weeks, its neighbouring hours included for the
short one; and the term's share of everything in those weeks, taken of what came in this window – on
a busy day every word grows. With that mean the number of askers is taken for Poisson distributed;
growth is what would happen by chance less often than `chance`, is `times` the mean at least, and
comes from the fewest askers that the rules ask for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import exp, lgamma, log

from bot.domain.topics.rules import WatchRules

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
WEEKS = 4
"""So many past weeks are looked at, as far as there are any."""
LEAST_WATCHED = WEEK
"""Before that nothing is usual, and nothing is judged."""
_UNSEEN = 0.5
"""Added to what was counted, so that a term that was never seen has no mean of nothing."""


class Window(StrEnum):
    """The last two hours, or the last day."""

    HOUR = "hour"
    DAY = "day"


HOURS_OF = {Window.HOUR: 2, Window.DAY: 24}
_SHIFTS = {Window.HOUR: (-1, 0, 1), Window.DAY: (0,)}

Past = Mapping[datetime, int]
"""Askers by the beginning of the hour."""


@dataclass(frozen=True)
class Growth:
    """A number of askers beside what was usual; `chance` of so many or more without any growth."""

    window: Window
    askers: int
    expected: float
    chance: float

    def is_abnormal(self, rules: WatchRules) -> bool:
        """Whether the rules call this growth."""
        fewest = rules.hour_from if self.window is Window.HOUR else rules.day_from
        return (
            self.askers >= fewest
            and self.askers >= rules.times * self.expected
            and self.chance < rules.chance
        )


def hour_of(moment: datetime) -> datetime:
    """The beginning of its hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def since_of(window: Window, now: datetime) -> datetime:
    """Where the window that ends now begins."""
    return hour_of(now) - (HOURS_OF[window] - 1) * HOUR


def past_since(window: Window, now: datetime) -> datetime:
    """The first hour that `growth_of` asks for."""
    return since_of(window, now) - WEEKS * WEEK - HOUR


def growth_of(
    askers: int, past: Past, totals: Past, *, window: Window, now: datetime, begun_at: datetime
) -> Growth:
    """What so many askers of a term mean. `totals` counts askers of everything, also in the window
    itself; `begun_at` is when watching began."""
    since = since_of(window, now)
    weeks = min(WEEKS, (since - begun_at) // WEEK)
    shifts = _SHIFTS[window]
    counted = sum(
        _in(past, since - week * WEEK + shift * HOUR, window)
        for week in range(1, weeks + 1)
        for shift in shifts
    )
    same_hours = (counted + _UNSEEN) / max(1, weeks * len(shifts))
    before = sum(number for hour, number in totals.items() if hour < since)
    share = sum(number for hour, number in past.items() if hour < since) / max(1, before)
    expected = max(same_hours, share * _in(totals, since, window))
    return Growth(window, askers, expected, chance_of(askers, expected))


def is_learning(begun_at: datetime | None, now: datetime) -> bool:
    """Whether too little was watched to call anything usual."""
    return begun_at is None or now - begun_at < LEAST_WATCHED


def chance_of(askers: int, expected: float) -> float:
    """How likely so many or more are, where `expected` is the mean of a Poisson distribution."""
    if askers <= 0:
        return 1.0
    if askers <= expected:
        return 1.0 - sum(_poisson(number, expected) for number in range(askers))
    term = _poisson(askers, expected)
    total, number = 0.0, askers
    while term > total * 1e-12:
        total += term
        number += 1
        term *= expected / number
    return min(1.0, total)


def _poisson(number: int, mean: float) -> float:
    return exp(number * log(mean) - mean - lgamma(number + 1))


def _in(past: Past, since: datetime, window: Window) -> int:
    hours: Iterable[datetime] = (since + step * HOUR for step in range(HOURS_OF[window]))
    return sum(past.get(hour, 0) for hour in hours)
