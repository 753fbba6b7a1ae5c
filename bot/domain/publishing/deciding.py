"""From an error of a platform call to what the journal records: a pure table and a backoff."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import (
    AlreadyDone,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    PlatformUnavailable,
    RateLimited,
)
from bot.domain.publishing.journal import Failure, Outcome

FIRST_RETRY_SECONDS = 2.0
LAST_RETRY_SECONDS = 600.0
RATE_LIMIT_SECONDS = 60.0


@dataclass(frozen=True)
class Verdict:
    """What an error means for its step: the outcome, and when trying again makes sense."""

    outcome: Outcome
    retry_at: datetime | None = None


def judge(error: PlatformError, *, attempt: int, now: datetime, jitter: float = 0.0) -> Verdict:
    """Decide what `error` on the `attempt`-th try (from 1) means.

    `jitter` in 0..1 spreads retries: a delay is between three and five quarters of itself.
    """
    match error:
        case AlreadyDone():
            return Verdict(Outcome.DONE)
        case OutcomeUnknown():
            return Verdict(Outcome.UNKNOWN)
        case RateLimited(until=until):
            return Verdict(Outcome.NOT_DONE, until or now + timedelta(seconds=RATE_LIMIT_SECONDS))
        case NotSent() | PlatformUnavailable():
            return Verdict(Outcome.NOT_DONE, now + backoff(attempt, jitter=jitter))
        case _:
            return Verdict(Outcome.REFUSED)


def backoff(attempt: int, *, jitter: float = 0.0) -> timedelta:
    """The pause after the `attempt`-th failure: doubling from 2 s up to 10 min."""
    exponent = min(attempt - 1, 20)
    full = min(FIRST_RETRY_SECONDS * 2**exponent, LAST_RETRY_SECONDS)
    return timedelta(seconds=full * (0.75 + 0.5 * jitter))


def failure_of(error: PlatformError) -> Failure:
    """What the journal keeps of an error."""
    return Failure(
        error=type(error).__name__,
        code=error.code,
        message=error.message,
        cause=error.explanation.cause,
        next_step=error.explanation.next_step,
        who=error.explanation.who,
    )
