"""How a day's calls are spread."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.budgets import next_budget_day
from bot.domain.accounts.pacing import Pace, calls_for_figures, next_look, weight_at

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""12:00 in Beijing."""
MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 11, 20), datetime(2026, 11, 30)).map(
    lambda at: at.replace(tzinfo=UTC)
)


def test_fewer_calls_mean_longer_pauses() -> None:
    """Half of them, twice the pause."""
    pauses = [next_look(NOON, left=left, posts=[]) - NOON for left in (60, 30, 15)]

    assert pauses[0] < pauses[1] < pauses[2]
    assert 1.8 < pauses[1] / pauses[0] < 2.2


def test_after_a_post_looks_come_quickly() -> None:
    """People write soon after; the hours later pay for it."""
    calm = next_look(NOON, left=40, posts=[])
    fresh = next_look(NOON, left=40, posts=[NOON])

    assert (fresh - NOON) * 2 < calm - NOON


def test_calls_are_kept_for_a_post_of_this_afternoon() -> None:
    """What is planned is known in the morning."""
    unaware = next_look(NOON, left=40, posts=[])
    aware = next_look(NOON, left=40, posts=[NOON + timedelta(hours=3)])

    assert aware > unaware


def test_at_night_somebody_looks_rarely() -> None:
    """But not never."""
    night = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)

    assert timedelta(hours=1.5) < next_look(night, left=70, posts=[]) - night <= timedelta(hours=4)


def test_without_calls_the_next_day_is_waited_for() -> None:
    """Midnight in Beijing brings new ones."""
    assert next_look(NOON, left=1, posts=[]) == MIDNIGHT
    assert next_look(NOON, left=-20, posts=[]) == MIDNIGHT


@given(moments, st.integers(0, 100), st.lists(moments, max_size=4))
def test_the_next_look_is_always_ahead_and_never_too_far(
    now: datetime, left: int, posts: list[datetime]
) -> None:
    """Whatever the day looks like."""
    looks_at = next_look(now, left=left, posts=posts)

    pace = Pace()
    assert looks_at > now
    assert looks_at <= max(now + pace.latest, next_budget_day(now))


@given(moments, st.integers(6, 80), st.lists(moments, max_size=3))
def test_the_calls_of_a_day_last_until_midnight(
    begin: datetime, left: int, posts: list[datetime]
) -> None:
    """Looking each time when told, the day ends before the calls do."""
    now, ends, pace = begin, next_budget_day(begin), Pace()
    spent = 0.0
    while now < ends:
        now = next_look(now, left=int(left - spent), posts=posts)
        spent += pace.calls_a_look if now < ends else 0

    assert spent <= left


@given(moments, st.lists(moments, max_size=3))
def test_every_moment_weighs_something(moment: datetime, posts: list[datetime]) -> None:
    """A post adds to it, it never takes away."""
    assert 0 < weight_at(moment, []) <= weight_at(moment, posts)


def test_a_morning_s_figures_are_kept_their_calls_until_they_are_read() -> None:
    """From midnight to nine in Beijing, and not after."""
    kept = [calls_for_figures(MIDNIGHT + timedelta(hours=h), a_morning=2) for h in (0, 8, 9, 23)]

    assert kept == [2, 2, 0, 0]
