"""Terms counted by hand from the State Council's notices, day by day on a paper calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.accounts.budgets import BEIJING
from bot.domain.workdays import Counted, Term, TermUnit, WorkCalendar, end_of_day
from bot.regulations.calendar import work_calendar

CALENDAR = work_calendar()

DAYS = [
    # 2024: 国办发明电〔2023〕7号
    ("2024-01-01", False, "New Year, a Monday"),
    ("2024-01-02", True, "the day after it"),
    ("2024-02-04", True, "a Sunday worked for 春节"),
    ("2024-02-09", True, "除夕 2024 is an ordinary Friday in the notice"),
    ("2024-02-12", False, "a Monday of 春节"),
    ("2024-02-17", False, "the last day of 春节, a Saturday"),
    ("2024-02-18", True, "a Sunday worked for 春节"),
    ("2024-04-07", True, "a Sunday worked for 清明"),
    ("2024-04-28", True, "a Sunday worked for 劳动节"),
    ("2024-05-11", True, "a Saturday worked for 劳动节"),
    ("2024-09-14", True, "a Saturday worked for 中秋"),
    ("2024-09-16", False, "a Monday of 中秋"),
    ("2024-09-29", True, "a Sunday worked for 国庆"),
    ("2024-10-07", False, "the last day of 国庆, a Monday"),
    ("2024-10-12", True, "a Saturday worked for 国庆"),
    ("2024-10-13", False, "the Sunday after it"),
    # 2025: 国办发明电〔2024〕12号
    ("2025-01-01", False, "New Year, a Wednesday"),
    ("2025-01-26", True, "a Sunday worked for 春节"),
    ("2025-01-28", False, "除夕, a Tuesday, off by law since 2025"),
    ("2025-02-04", False, "the last day of 春节, a Tuesday"),
    ("2025-02-08", True, "a Saturday worked for 春节"),
    ("2025-04-27", True, "a Sunday worked for 劳动节"),
    ("2025-05-05", False, "the last day of 劳动节, a Monday"),
    ("2025-06-02", False, "端午 2025, a Monday"),
    ("2025-09-28", True, "a Sunday worked for 国庆"),
    ("2025-10-08", False, "the eighth day of 国庆中秋, a Wednesday"),
    ("2025-10-11", True, "a Saturday worked for 国庆"),
    # 2026: 国办发明电〔2025〕7号
    ("2026-01-02", False, "a Friday of 元旦"),
    ("2026-01-04", True, "a Sunday worked for 元旦"),
    ("2026-02-14", True, "a Saturday worked for 春节"),
    ("2026-02-23", False, "the ninth day of 春节, a Monday"),
    ("2026-02-28", True, "a Saturday worked for 春节"),
    ("2026-05-09", True, "a Saturday worked for 劳动节"),
    ("2026-06-19", False, "端午 2026, a Friday"),
    ("2026-09-20", True, "a Sunday worked for 国庆"),
    ("2026-09-25", False, "中秋 2026, a Friday"),
    ("2026-09-28", True, "a Monday between 中秋 and 国庆"),
    ("2026-10-10", True, "a Saturday worked for 国庆"),
    ("2026-11-28", False, "an ordinary Saturday"),
    ("2026-12-31", True, "the last Thursday of 2026"),
]

TERMS = [
    # begins, working days, ends, provisional, why
    ("2024-02-07", 3, "2024-02-18", False, "8th and 9th, then over 春节 to the worked Sunday"),
    ("2024-02-09", 1, "2024-02-18", False, "the next working day is the worked Sunday"),
    ("2024-02-10", 1, "2024-02-18", False, "begun on a day off, the day itself does not count"),
    ("2024-02-02", 5, "2024-02-08", False, "the worked Sunday the 4th counts: 4 5 6 7 8"),
    ("2024-04-03", 3, "2024-04-09", False, "7 (Sunday, worked), 8, 9"),
    ("2024-04-26", 3, "2024-04-30", False, "28 (Sunday, worked), 29, 30"),
    ("2024-04-30", 5, "2024-05-10", False, "6 7 8 9 10, the worked Saturday would be the sixth"),
    ("2024-05-10", 1, "2024-05-11", False, "a worked Saturday is the next day"),
    ("2024-06-07", 1, "2024-06-11", False, "端午 is the Monday"),
    ("2024-09-13", 2, "2024-09-18", False, "14 (Saturday, worked), then 18 behind 中秋"),
    ("2024-09-27", 3, "2024-10-08", False, "29 (Sunday, worked), 30, then 8 October"),
    ("2024-10-08", 4, "2024-10-12", False, "9 10 11 and the worked Saturday"),
    ("2024-12-30", 1, "2024-12-31", False, "the last working day of 2024"),
    ("2024-12-31", 1, "2025-01-02", False, "over New Year into another official year"),
    (
        "2024-12-31",
        20,
        "2025-02-05",
        False,
        "2 3; 6-10; 13-17; 20-24; 26 27 are 19, then 5 February",
    ),
    ("2025-01-24", 2, "2025-01-27", False, "26 (Sunday, worked) and 27"),
    ("2025-01-27", 1, "2025-02-05", False, "春节 2025 ends on the 4th"),
    ("2025-02-07", 1, "2025-02-08", False, "a worked Saturday"),
    ("2025-04-03", 1, "2025-04-07", False, "清明 2025 has no worked weekend"),
    ("2025-04-25", 4, "2025-04-30", False, "27 (Sunday, worked) 28 29 30"),
    ("2025-05-30", 5, "2025-06-09", False, "端午 on Monday the 2nd: 3 4 5 6 and 9"),
    ("2025-09-26", 4, "2025-10-09", False, "28 (Sunday, worked) 29 30, then 9 October"),
    ("2025-09-30", 15, "2025-10-28", False, "9 10 11; 13-17; 20-24; 27 28"),
    ("2025-12-31", 1, "2026-01-04", False, "the Sunday behind 元旦 is worked"),
    ("2025-12-31", 3, "2026-01-06", False, "4 (Sunday, worked) 5 6"),
    ("2026-02-13", 1, "2026-02-14", False, "a worked Saturday before 春节"),
    ("2026-02-13", 5, "2026-02-27", False, "14, then 24 25 26 27"),
    ("2026-02-27", 1, "2026-02-28", False, "a worked Saturday after 春节"),
    ("2026-04-30", 5, "2026-05-11", False, "6 7 8, 9 (Saturday, worked), 11"),
    ("2026-06-18", 1, "2026-06-22", False, "端午 is a long weekend"),
    ("2026-09-18", 6, "2026-09-28", False, "20 (Sunday, worked) 21-24, then 28 behind 中秋"),
    ("2026-09-24", 5, "2026-10-09", False, "28 29 30, then 8 9 October"),
    ("2026-09-30", 3, "2026-10-10", False, "8 9 and the worked Saturday"),
    ("2026-11-26", 3, "2026-12-01", False, "27, 30, 1 December"),
    ("2026-11-26", 20, "2026-12-24", False, "27; 30-4; 7-11; 14-18; 21-24"),
    ("2026-12-30", 1, "2026-12-31", False, "the last day of the official calendar"),
    ("2026-12-31", 1, "2027-01-04", True, "2027 has no notice: New Year is off, the rest a guess"),
    ("2026-12-24", 20, "2027-01-22", True, "25; 28-31; then 4-8, 11-15, 18-22 January"),
    ("2027-02-04", 1, "2027-02-11", True, "春节 by law, 除夕 to the 3rd, two days made up"),
    ("2029-04-30", 2, "2029-05-02", True, "a year nobody entered is Monday to Friday"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(("text", "works", "why"), DAYS, ids=[one[0] for one in DAYS])
def test_a_day_is_worked_or_not_as_the_notice_says(text: str, works: bool, why: str) -> None:
    """Worked weekends count, days off within the week do not."""
    assert CALENDAR.is_working_day(day(text)) is works, why


@pytest.mark.parametrize(
    ("begun", "number", "last", "is_provisional", "why"),
    TERMS,
    ids=[f"{begun}+{number}" for begun, number, *_ in TERMS],
)
def test_a_term_ends_where_it_does_when_counted_by_hand(
    begun: str, number: int, last: str, is_provisional: bool, why: str
) -> None:
    """The day on which it begins does not count, and what is a guess says so."""
    counted = CALENDAR.add_working_days(day(begun), number)

    assert counted == Counted(day(last), is_provisional), why
    assert CALENDAR.working_days_between(day(begun), day(last)) == number


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_an_official_year_has_as_many_working_days_as_was_announced(
    year: int, working_days: int
) -> None:
    """A slip in one row of the table shows in the sum."""
    days = CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))

    assert days == working_days


@pytest.mark.parametrize(
    ("received", "term", "ends"),
    [
        ("2026-11-26T09:00", Term(1, TermUnit.WORKING_DAYS), "2026-11-27T23:59"),
        ("2026-11-26T23:59", Term(1, TermUnit.WORKING_DAYS), "2026-11-27T23:59"),
        ("2026-11-27T00:00", Term(1, TermUnit.WORKING_DAYS), "2026-11-30T23:59"),
        ("2026-10-01T03:00", Term(3, TermUnit.WORKING_DAYS), "2026-10-10T23:59"),
        ("2026-09-01T10:00", Term(30, TermUnit.DAYS), "2026-10-08T23:59"),
        ("2026-11-01T10:00", Term(15, TermUnit.DAYS), "2026-11-16T23:59"),
        ("2026-11-02T10:00", Term(60, TermUnit.DAYS), "2027-01-04T23:59"),
        ("2026-10-02T22:30", Term(5, TermUnit.HOURS), "2026-10-03T03:30"),
        ("2026-12-31T20:00", Term(24, TermUnit.HOURS), "2027-01-01T20:00"),
        ("2026-02-15T08:00", Term(48, TermUnit.HOURS), "2026-02-17T08:00"),
    ],
)
def test_a_term_ends_at_midnight_or_to_the_minute(received: str, term: Term, ends: str) -> None:
    """Days end at 24:00 in Beijing; hours run through nights and days off."""
    ending = CALENDAR.end_of(term, since=beijing(received).astimezone(UTC))

    assert ending.at.astimezone(BEIJING).replace(second=0, microsecond=0) == beijing(ends)


def test_hours_are_never_provisional() -> None:
    """No calendar can move them."""
    since = beijing("2027-02-06T08:00")

    assert not CALENDAR.end_of(Term(48, TermUnit.HOURS), since=since).is_provisional
    assert CALENDAR.end_of(Term(2, TermUnit.WORKING_DAYS), since=since).is_provisional


@pytest.mark.parametrize(
    ("moment", "term", "before"),
    [
        ("2026-10-09T23:59", Term(1, TermUnit.WORKING_DAYS), "2026-10-08T09:00"),
        ("2026-10-08T23:59", Term(1, TermUnit.WORKING_DAYS), "2026-09-30T09:00"),
        ("2026-01-05T23:59", Term(1, TermUnit.WORKING_DAYS), "2026-01-04T09:00"),
        ("2026-03-02T12:00", Term(2, TermUnit.WORKING_DAYS), "2026-02-27T09:00"),
        ("2026-03-02T12:00", Term(2, TermUnit.DAYS), "2026-02-28T09:00"),
        ("2026-10-10T23:59", Term(0, TermUnit.WORKING_DAYS), "2026-10-10T09:00"),
        ("2026-11-26T12:00", Term(2, TermUnit.HOURS), "2026-11-26T10:00"),
    ],
)
def test_a_warning_lies_working_days_before(moment: str, term: Term, before: str) -> None:
    """A warning on a day off would be read when it is too late."""
    assert CALENDAR.before(beijing(moment), term) == beijing(before)


def test_the_last_moment_of_a_day_is_still_that_day() -> None:
    """Pages print its date, and the next moment is too late."""
    last = end_of_day(date(2026, 12, 31))

    assert last.date() == date(2026, 12, 31)
    assert last + timedelta(microseconds=1) == beijing("2027-01-01T00:00")


def test_a_calendar_without_years_guesses_and_says_so() -> None:
    """Monday to Friday is better than nothing, if it is marked."""
    assert WorkCalendar().add_working_days(date(2026, 2, 13), 1) == Counted(date(2026, 2, 16), True)
