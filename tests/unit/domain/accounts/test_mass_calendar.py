"""Whether another push to followers fits the account's calendar."""

from datetime import UTC, datetime

from bot.domain.accounts.account import Mode
from bot.domain.accounts.mass_calendar import month_around, why_no_place, why_no_push
from tests import factories as make

PUBLIC = make.account(mode=Mode.MASS)
SERVICE = make.account(mode=Mode.MASS, options={"kind": "service"})


def at(day: int, hour: int = 2) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_an_account_sends_once_a_day() -> None:
    """The refusal names the other push's time and what to do."""
    refusal = why_no_push(PUBLIC, at(24, 8), [at(24)])

    assert refusal is not None
    assert "10:00" in refusal
    assert "其他日期" in refusal
    assert why_no_push(PUBLIC, at(25), [at(24)]) is None


def test_the_day_is_beijings() -> None:
    """17:00 UTC is the next day there."""
    assert why_no_push(PUBLIC, at(24, 17), [at(24, 2)]) is None
    assert why_no_push(PUBLIC, at(24, 17), [at(25, 2)]) is not None


def test_the_last_push_of_a_month_is_kept_for_an_emergency() -> None:
    """Three are planned; the fourth needs a word; a fifth there is not."""
    three = [at(1), at(2), at(3)]

    refusal = why_no_push(SERVICE, at(24), three)

    assert refusal is not None
    assert "紧急" in refusal
    assert why_no_push(SERVICE, at(24), three, emergency=True) is None
    assert why_no_push(SERVICE, at(24), [*three, at(4)], emergency=True) is not None


def test_a_larger_allowance_is_a_setting() -> None:
    """Some accounts may send more often."""
    larger = make.account(mode=Mode.MASS, options={"mass_a_day": "2"})

    assert why_no_push(larger, at(24, 8), [at(24)]) is None


def test_a_day_has_a_hundred_publications_and_the_last_is_kept_for_an_emergency() -> None:
    """Handing in is counted by the day; other days and other ways do not count."""
    publishing = make.account(mode=Mode.PUBLISH)
    ninety_nine = [at(24)] * 99

    refusal = why_no_place(publishing, at(24, 8), ninety_nine)

    assert refusal is not None
    assert "紧急" in refusal
    assert why_no_place(publishing, at(24, 8), ninety_nine[1:]) is None
    assert why_no_place(publishing, at(25, 8), ninety_nine) is None
    assert why_no_place(publishing, at(24, 8), ninety_nine, emergency=True) is None
    assert why_no_place(publishing, at(24, 8), [at(24)] * 100, emergency=True) is not None
    assert why_no_place(make.account(mode=Mode.DRAFT), at(24, 8), [at(24)] * 100) is None


def test_a_month_begins_at_midnight_in_beijing() -> None:
    """Also over the year's end."""
    first, following = month_around(datetime(2026, 12, 31, 20, tzinfo=UTC))

    assert first == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert following == datetime(2027, 1, 31, 16, tzinfo=UTC)
