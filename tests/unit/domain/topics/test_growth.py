"""When a number of askers is more than chance."""

from datetime import datetime, timedelta

import pytest

from bot.domain.topics.growth import (
    HOUR,
    WEEK,
    Window,
    chance_of,
    growth_of,
    hour_of,
    is_learning,
    since_of,
)
from bot.domain.topics.rules import WatchRules
from tests.factories import NOW

RULES = WatchRules()
LONG_AGO = NOW - 10 * WEEK
THIS_HOUR = hour_of(NOW)


@pytest.mark.parametrize(
    ("askers", "expected", "chance"),
    [(0, 2.0, 1.0), (1, 0.5, 0.39347), (5, 0.5, 1.7212e-4), (5, 10.0, 0.97075), (9, 0.1, 2.5e-15)],
)
def test_the_chance_is_poissons(askers: int, expected: float, chance: float) -> None:
    """As tables have it."""
    assert chance_of(askers, expected) == pytest.approx(chance, rel=0.05)


def weekly(number: int, *, hours: int = 2) -> dict[datetime, int]:
    """So many in each hour of the window, in every past week."""
    first = since_of(Window.HOUR if hours == 2 else Window.DAY, NOW)
    return {
        first - week * WEEK + step * HOUR: number for week in range(1, 5) for step in range(hours)
    }


def test_five_askers_of_what_nobody_ever_asked_are_growth() -> None:
    """Four are not enough, whatever the chance."""
    busy = dict.fromkeys(weekly(20), 20) | {THIS_HOUR: 20}

    def judged(askers: int) -> bool:
        growth = growth_of(askers, {}, busy, window=Window.HOUR, now=NOW, begun_at=LONG_AGO)
        return growth.is_abnormal(RULES)

    assert (judged(4), judged(5)) == (False, True)


def test_what_comes_every_week_at_this_hour_is_usual() -> None:
    """On pay day everybody asks for it."""
    past = weekly(10)
    growth = growth_of(22, past, past, window=Window.HOUR, now=NOW, begun_at=LONG_AGO)

    assert not growth.is_abnormal(RULES)


def test_on_a_day_when_everything_grows_a_share_is_usual() -> None:
    """A word that a fifth of all people use does not grow when ten times as many write."""
    share, totals = weekly(2, hours=24), weekly(10, hours=24)
    window = {since_of(Window.DAY, NOW) + step * HOUR: 100 for step in range(24)}

    def judged(askers: int) -> bool:
        growth = growth_of(
            askers, share, totals | window, window=Window.DAY, now=NOW, begun_at=LONG_AGO
        )
        return growth.is_abnormal(RULES)

    assert (judged(480), judged(1500)) == (False, True)


def test_nothing_is_usual_before_a_week_was_watched() -> None:
    """Then as many weeks count as there are."""
    past = {since_of(Window.HOUR, NOW) - WEEK: 6, since_of(Window.HOUR, NOW) - 2 * WEEK: 600}
    growth = growth_of(9, past, past, window=Window.HOUR, now=NOW, begun_at=NOW - 1.5 * WEEK)

    assert is_learning(None, NOW)
    assert is_learning(NOW - timedelta(days=6), NOW)
    assert not is_learning(NOW - timedelta(days=7), NOW)
    assert growth.expected == pytest.approx((6 * 2 + 0.5) / 3, rel=0.01)
