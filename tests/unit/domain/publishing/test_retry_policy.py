"""The table of retries that people read is the one the code decides by."""

from datetime import timedelta
from pathlib import Path

from bot.domain.accounts.breaker import (
    FAILURES_TO_OPEN,
    FIRST_PAUSE_SECONDS,
    LAST_PAUSE_SECONDS,
)
from bot.domain.accounts.trouble import concerns_the_account
from bot.domain.errors import PlatformError
from bot.domain.publishing.deciding import (
    FIRST_RETRY_SECONDS,
    LAST_RETRY_SECONDS,
    RATE_LIMIT_SECONDS,
    backoff,
    failure_of,
    judge,
)
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import Step, StepKind, StepRole
from tests.factories import NOW

PAGE = Path(__file__).parents[4] / "docs" / "reliability.md"
TRIES = Step("any", StepKind.ONCE, StepRole.ACCEPT).max_attempts


def row_of(kind: type[PlatformError]) -> str:
    """What the page must say of one family of errors."""
    error = kind("said")
    verdict = judge(error, attempt=1, now=NOW, jitter=0.5)
    match verdict.outcome:
        case Outcome.DONE:
            told = "counts as done"
        case Outcome.UNKNOWN:
            told = "never repeated on a guess: looked for, then a person"
        case Outcome.NOT_DONE:
            assert verdict.retry_at is not None
            pause = (verdict.retry_at - NOW).total_seconds()
            told = f"again after {pause:g} s" + _growth(kind, pause)
        case _:
            account = concerns_the_account(failure_of(error))
            told = "held for a person" + ("; the account's other posts wait" if account else "")
    return f"| `{kind.__name__}` | {told} |"


def _growth(kind: type[PlatformError], pause: float) -> str:
    if pause == RATE_LIMIT_SECONDS:
        return f", or when the platform says; at most {TRIES} tries"
    widest = backoff(50, jitter=0.5).total_seconds()
    return f", doubling up to {widest:g} s, ± 25 %; at most {TRIES} tries"


def families(kind: type[PlatformError] = PlatformError) -> list[type[PlatformError]]:
    return [found for child in kind.__subclasses__() for found in (child, *families(child))]


def test_every_family_stands_on_the_page_as_it_is_decided() -> None:
    """A family that is added, or decided otherwise, changes the page."""
    page = PAGE.read_text()
    missing = [row for row in map(row_of, families()) if row not in page]

    assert missing == []


def test_the_numbers_of_the_breaker_stand_there_too() -> None:
    """Opens after, first and longest pause."""
    told = (
        f"after {FAILURES_TO_OPEN} calls in a row without an answer, for {FIRST_PAUSE_SECONDS:g} s,"
        f" doubling up to {LAST_PAUSE_SECONDS:g} s"
    )

    assert told in PAGE.read_text()


def test_backoff_spreads_by_a_quarter_and_has_an_end() -> None:
    """Many posts that fail together do not come back together."""
    first = timedelta(seconds=FIRST_RETRY_SECONDS)

    assert backoff(1, jitter=0.0) == first * 0.75
    assert backoff(1, jitter=1.0) == first * 1.25
    assert backoff(500, jitter=0.5) == timedelta(seconds=LAST_RETRY_SECONDS)
