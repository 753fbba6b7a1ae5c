"""Budgets: days in Beijing, and calls kept back for publishing."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.account import QuietHours
from bot.domain.accounts.budgets import Budget, budget_day, next_budget_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_a_platform_day_begins_at_midnight_in_beijing(moment: datetime, day: date) -> None:
    """16:00 UTC."""
    assert budget_day(moment) == day


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_the_next_day_is_the_first_moment_of_another_budget(moment: datetime) -> None:
    """Strictly later, and never more than a day."""
    following = next_budget_day(moment)

    assert 0 < (following - moment).total_seconds() <= 86_400
    assert budget_day(following) != budget_day(moment)


@pytest.mark.parametrize(
    ("budget", "publishing", "limit"),
    [
        (Budget("day", 100, 30), True, 100),
        (Budget("day", 100, 30), False, 70),
        (Budget("day", 10, 30), False, 0),
    ],
)
def test_collecting_leaves_the_reserve_to_publishing(
    budget: Budget, publishing: bool, limit: int
) -> None:
    """Never less than nothing."""
    assert budget.limit_for(publishing=publishing) == limit


DAYS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(DAYS, st.integers(0, 2000), st.integers(0, 300))
def test_polls_are_spread_over_the_day(moment: datetime, limit: int, reserve: int) -> None:
    """A fifth at any time, never more than all; what was used up grows again before midnight."""
    budget = Budget("polls", limit, reserve)
    polls = budget.limit_for(publishing=False)

    now = budget.paced(moment).limit_for(publishing=False)
    again = budget.next_poll(moment)

    assert polls // 5 - 1 <= now <= polls
    assert budget.paced(moment).limit_for(publishing=True) == limit
    assert moment < again <= next_budget_day(moment)
    if again < next_budget_day(moment):
        assert budget.paced(again).limit_for(publishing=False) > now


def test_by_the_evening_all_polls_may_have_been_used() -> None:
    """Nothing is saved for nobody."""
    late = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)

    assert Budget("polls", 100, 10).paced(late).limit_for(publishing=False) >= 89


@pytest.mark.parametrize(
    ("start", "end", "local", "quiet"),
    [
        (22, 7, 23, True),
        (22, 7, 3, True),
        (22, 7, 7, False),
        (22, 7, 12, False),
        (12, 14, 13, True),
        (12, 14, 14, False),
        (12, 14, 22, False),
    ],
)
def test_quiet_hours_may_span_midnight(start: int, end: int, local: int, quiet: bool) -> None:
    """The end itself is not quiet any more."""
    assert QuietHours(time(start), time(end)).covers(time(local)) is quiet
