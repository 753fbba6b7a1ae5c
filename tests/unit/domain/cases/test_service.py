"""Figures of service are worked by hand here, month by month in Beijing."""

from datetime import UTC, date, datetime

from bot.domain.cases.service import MonthOfService, Owed, months_of_service


def at(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_a_month_counts_what_fell_due_in_it() -> None:
    """In time, late and never answered; the median is of those that were answered."""
    owed = [
        Owed(at(10, 1), at(10, 8), at(10, 2), is_rated=True),
        Owed(at(10, 1), at(10, 8), at(10, 8), is_reopened=True),
        Owed(at(10, 1), at(10, 8), at(10, 11)),
        Owed(at(10, 1), at(10, 8), None, is_reopened=True, is_rated=True),
    ]

    [month] = months_of_service(owed, [at(10, 5)], [(at(10, 6), 5), (at(10, 7), 2)])

    round_trip = {"answered": 3, "owed_reopened": 2, "owed_rated": 1}
    assert month == MonthOfService(date(2026, 10, 1), 4, 2, 168.0, 1, 2, 3.5, **round_trip)
    assert (month.percent_in_time, month.percent_answered) == (50, 75)
    assert (month.percent_reopened, month.percent_rated) == (50, 33)


def test_months_begin_at_midnight_in_beijing_and_the_newest_stands_first() -> None:
    """16:30 UTC of the last day is the first day there."""
    owed = [
        Owed(at(9, 1), at(9, 30, 15), None),
        Owed(at(9, 1), datetime(2026, 9, 30, 16, 30, tzinfo=UTC), None),
    ]

    months = months_of_service(owed, [], [])

    assert [month.month for month in months] == [date(2026, 10, 1), date(2026, 9, 1)]


def test_nothing_is_no_percentage() -> None:
    """A month with a vote alone has no share, and nearly all is not all."""
    [only_vote] = months_of_service([], [], [(at(8, 1), 4)])
    nearly = MonthOfService(date(2026, 8, 1), 1000, 999, None, 0, 0, None)

    assert (only_vote.percent_in_time, only_vote.median_hours) == (None, None)
    assert (only_vote.percent_reopened, only_vote.percent_rated) == (None, None)
    assert nearly.percent_in_time == 99
    assert months_of_service([], [], []) == []
