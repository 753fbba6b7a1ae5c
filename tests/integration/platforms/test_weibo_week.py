"""A week of invented traffic on the simulated Weibo, a hundred calls a day."""

from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest

from benchmarks.collecting.measure import planned_visits, simulate
from benchmarks.collecting.town import PUBLISHING_CALLS
from bot.domain.accounts.budgets import Purpose


@pytest.mark.parametrize("seed", [7, 11])
def test_everything_is_seen_once_within_the_calls_of_each_day(seed: int) -> None:
    """Late-approved comments, what staff read first, and a release everybody talks about among
    them; the platform never has to refuse."""
    week = simulate(planned_visits, seed)

    assert week.seen.keys() == week.shown.keys()
    assert week.twice == 0
    assert max(week.calls) <= 80 + len(PUBLISHING_CALLS) * 3
    assert week.town.refused == 0
    assert median(week.minutes(by_day=True)) < 20


@pytest.mark.parametrize(
    "switches",
    [
        {"page_overlap": True, "max_count": 30},
        {"unread_resets_on_read": False},
        {"inbox_cap": 30},
        {"error_code_as_string": True, "escape_lists": False, "followers_as_text": True},
    ],
    ids=["overlapping pages", "counters that stay", "an inbox that forgets", "other shapes"],
)
def test_nothing_is_missed_whatever_the_doubtful_behaviour_is(switches: dict[str, Any]) -> None:
    """It may cost calls, and then time; never a comment, and never more than the day has."""
    week = simulate(planned_visits, **switches)

    assert week.shown.keys() - week.seen.keys() == set()
    assert week.town.refused == 0


def test_on_release_day_posts_go_out_when_collecting_has_spent_its_share() -> None:
    """The reserve is for them: the collector stops at 80 calls, publishing and seeing go on."""
    week = simulate(_without_a_pause)

    busiest = max(week.town.ledger.spent.values(), key=lambda day: day.total())
    assert busiest.total() - busiest[Purpose.PUBLISHING] - busiest[Purpose.VERIFYING] <= 80
    assert week.purposes[Purpose.PUBLISHING] == len(week.town.live) > 0
    assert week.town.refused == 0


def _without_a_pause(_town: object, now: datetime, _posts: object) -> datetime:
    return now + timedelta(minutes=5)
