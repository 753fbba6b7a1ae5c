"""When a notice to one person leaves the console."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.accounts.account import QuietHours
from bot.domain.notices.personal import PERSONAL_MANNERS, PersonalKind, Wishes

NIGHT = QuietHours(time(21), time(7, 30))
WISHES = Wishes(
    "li",
    frozenset({PersonalKind.POST_RETURNED, PersonalKind.POST_FAILED}),
    "nch_1",
    "li@example.gov.cn",
    NIGHT,
)


def beijing(hour: int, minute: int = 0) -> datetime:
    """A moment of 2026-11-26 in Beijing."""
    return datetime(2026, 11, 26, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("kind", "now", "out"),
    [
        (PersonalKind.POST_RETURNED, beijing(12), beijing(12)),
        (PersonalKind.POST_RETURNED, beijing(22), beijing(7, 30) + timedelta(days=1)),
        (PersonalKind.POST_RETURNED, beijing(3), beijing(7, 30)),
        (PersonalKind.POST_FAILED, beijing(3), beijing(3)),
        (PersonalKind.CASE_NEAR, beijing(12), None),
    ],
    ids=["by day", "in the evening", "at night", "urgent at night", "not wished"],
)
def test_quiet_hours_keep_what_is_not_urgent(
    kind: PersonalKind, now: datetime, out: datetime | None
) -> None:
    """Until they end; nobody is told what they do not wish."""
    assert WISHES.goes_out_at(kind, now) == out


def test_without_an_address_nothing_goes_out() -> None:
    """It stays in the console."""
    assert Wishes("li", frozenset(PersonalKind)).goes_out_at(PersonalKind.CASE_NEAR, NOON) is None


NOON = beijing(12)


def test_every_kind_has_its_title() -> None:
    """As staff read it."""
    assert set(PERSONAL_MANNERS) == set(PersonalKind)
