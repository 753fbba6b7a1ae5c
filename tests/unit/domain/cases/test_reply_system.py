"""Which version of the written rules is in force, and how well they were kept."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.cases.compliance import NOBODY, OwedBy, compliance_of
from bot.domain.cases.reply_system import Chapter, ReplySystem, former, in_force

DUE = datetime(2026, 11, 10, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def version(name: str, since: date) -> ReplySystem:
    return ReplySystem(name, "制度", since, (Chapter("总则", ("第一句",)),))


def owed(department: str, answered_after: float | None, **changes: object) -> OwedBy:
    """A case that was owed in 24 hours."""
    received = DUE - 24 * HOUR
    answered = None if answered_after is None else received + answered_after * HOUR
    values: dict[str, object] = {
        "department": department,
        "received_at": received,
        "due_at": DUE,
        "accepted_at": received + 2 * HOUR,
        "answered_at": answered,
    }
    return OwedBy(**(values | changes))  # type: ignore[arg-type]


def test_the_newest_version_that_has_begun_is_in_force() -> None:
    """On its first day; the others are former ones, or not yet."""
    versions = [version("2", date(2026, 7, 1)), version("1", date(2025, 1, 1))]
    later = version("3", date(2027, 1, 1))
    today = date(2026, 7, 1)

    assert in_force([*versions, later], today) == versions[0]
    assert former([*versions, later], today) == [versions[1]]
    assert in_force([later], today) is None
    assert former([later], today) == []


def test_a_department_is_held_to_what_fell_due_in_a_month() -> None:
    """In time to the minute, late, not at all; who had to be asked; medians of what there is."""
    cases = [
        owed("住建局", 24, is_closed=True, reminded=2),
        owed("住建局", 30, supervised=1),
        owed("住建局", None, accepted_at=None),
        owed("水务局", 6),
        owed("", None, accepted_at=None),
    ]

    lines = compliance_of(cases)

    assert [(one.department, one.percent_in_time) for one in lines] == [
        (NOBODY, 0),
        ("住建局", 33),
        ("水务局", 100),
    ]
    housing = lines[1]
    assert (housing.due, housing.in_time, housing.late, housing.missing) == (3, 1, 1, 1)
    assert (housing.closed, housing.reminded, housing.supervised) == (1, 2, 1)
    assert (housing.hours_to_accept, housing.hours_to_answer) == (2.0, 27.0)
    assert lines[0].hours_to_answer is None


def test_the_newest_month_stands_first_and_begins_at_midnight_in_beijing() -> None:
    """16:00 UTC of the last day is the next month there."""
    last_day = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)

    lines = compliance_of(
        [
            owed("住建局", 1, due_at=last_day),
            owed("住建局", 1, due_at=last_day + timedelta(minutes=1)),
        ]
    )

    assert [one.month for one in lines] == [date(2026, 11, 1), date(2026, 10, 1)]
