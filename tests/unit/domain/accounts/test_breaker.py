"""A breaker opens after three silences, lets one call try, and waits twice as long each time."""

import pytest

from bot.domain.accounts.breaker import Breaker, BreakerState, after_silence, is_silence
from bot.domain.ids import AccountId
from bot.domain.publishing.journal import Failure
from tests.factories import NOW, after

ACCOUNT = AccountId("acc_1")
SILENCE = Failure("OutcomeUnknown", cause="平台没有应答")


def silent(times: int) -> Breaker:
    """After so many calls in a row without an answer, all of them now."""
    breaker = None
    for _ in range(times):
        breaker = after_silence(breaker, ACCOUNT, SILENCE, now=NOW)
    assert breaker is not None
    return breaker


def test_two_silences_do_not_open_it_three_do() -> None:
    """A single lost connection stops nobody."""
    assert silent(2).state(NOW) is BreakerState.CLOSED
    assert silent(3).state(NOW) is BreakerState.OPEN
    assert silent(3).state(after(14)) is BreakerState.OPEN
    assert silent(3).state(after(15)) is BreakerState.HALF_OPEN


@pytest.mark.parametrize(
    ("times", "pause"), [(3, 15), (4, 30), (5, 60), (7, 240), (8, 300), (60, 300)]
)
def test_the_pause_doubles_up_to_five_minutes(times: int, pause: int) -> None:
    """However long it lasts, somebody tries again."""
    assert silent(times).probe_at == after(pause)


def test_it_remembers_since_when_it_is_open() -> None:
    """Staff ask how long an account has been silent."""
    later = after_silence(silent(3), ACCOUNT, SILENCE, now=after(15))

    assert later.opened_at == NOW
    assert "连续 4 次没有应答（平台没有应答）" in later.in_words


@pytest.mark.parametrize(
    ("error", "counts"),
    [
        ("NotSent", True),
        ("OutcomeUnknown", True),
        ("PlatformUnavailable", True),
        ("RateLimited", False),
        ("ContentRejected", False),
        ("CredentialExpired", False),
    ],
)
def test_only_silence_counts(error: str, counts: bool) -> None:
    """A platform that refuses is alive."""
    assert is_silence(Failure(error)) is counts
    assert not is_silence(None)


def test_an_answer_that_leaves_the_outcome_open_is_an_answer() -> None:
    """89504 of a mass send, -1 of a busy platform: it is there and says so."""
    assert not is_silence(Failure("OutcomeUnknown", code="89504"))
    assert not is_silence(Failure("PlatformUnavailable", code="-1"))
