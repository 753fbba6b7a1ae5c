"""Two weeks of silence fail an account; staff hear of it before."""

from datetime import timedelta

import pytest

from bot.domain.accounts.activity import Silence, last_day, silence_of
from tests import factories as make


@pytest.mark.parametrize(
    ("days", "hours", "silence"),
    [
        (0, 0, Silence.NONE),
        (6, 23, Silence.NONE),
        (7, 0, Silence.ADVICE),
        (10, 0, Silence.WARNING),
        (12, 1, Silence.LAST),
        (13, 23, Silence.LAST),
        (14, 0, Silence.VETO),
        (90, 0, Silence.VETO),
    ],
)
def test_the_warnings_come_at_7_10_and_12_days(days: int, hours: int, silence: Silence) -> None:
    last = make.NOW - timedelta(days=days, hours=hours)

    assert silence_of(last, make.NOW) is silence


def test_the_last_moment_is_two_weeks_after_the_last_post() -> None:
    assert silence_of(make.NOW, last_day(make.NOW)) is Silence.VETO
