"""A gap between two ticks: when it counts as an outage."""

from bot.domain.publishing.outage import outage_between
from tests.factories import NOW, after


def test_a_gap_of_a_minute_is_none_a_longer_one_is() -> None:
    """A busy minute is no outage; the first tick ever has nothing before it."""
    assert outage_between(None, NOW) is None
    assert outage_between(NOW, after(60)) is None
    found = outage_between(NOW, after(61))
    assert found is not None
    assert (found.since, found.until, found.seconds) == (NOW, after(61), 61)


def test_two_ticks_that_notice_it_at_once_mean_the_same() -> None:
    """Known by its beginning."""
    first, second = outage_between(NOW, after(90)), outage_between(NOW, after(91))

    assert first is not None
    assert second is not None
    assert first.id == second.id
