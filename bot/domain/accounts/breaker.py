"""A circuit breaker per account: a platform that does not answer for it is not hammered.

Closed, every call may run. After three calls in a row without an answer it opens: the account's
posts wait without calling. When the pause is over one call may try (half open): an answer, even a
refusal, closes the breaker, another silence doubles the pause. An emergency does not ask it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import NotSent, OutcomeUnknown, PlatformUnavailable
from bot.domain.ids import AccountId
from bot.domain.publishing.journal import Failure

FAILURES_TO_OPEN = 3
FIRST_PAUSE_SECONDS = 15.0
LAST_PAUSE_SECONDS = 300.0
_NO_ANSWER = frozenset(kind.__name__ for kind in (NotSent, OutcomeUnknown, PlatformUnavailable))


class BreakerState(StrEnum):
    """How an account's calls stand."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True)
class Breaker:
    """Calls of `account` that got no answer, `failures` in a row. Open since `opened_at`; from
    `probe_at` on one call may try."""

    account: AccountId
    failures: int
    failure: Failure
    opened_at: datetime | None = None
    probe_at: datetime | None = None

    def state(self, now: datetime) -> BreakerState:
        """Closed, open, or waiting for somebody to try."""
        if self.probe_at is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if now < self.probe_at else BreakerState.HALF_OPEN

    @property
    def in_words(self) -> str:
        """Why the account's posts wait, for staff."""
        cause = self.failure.cause or self.failure.message
        return (
            f"平台连续 {self.failures} 次没有应答（{cause}）。"
            "系统暂停这个账号的调用，过一会儿自动再试，其他账号不受影响"
        )


def is_silence(failure: Failure | None) -> bool:
    """Whether the platform gave no answer at all, rather than one we do not like: an answer has
    a code, also where it leaves open what became of the call."""
    return failure is not None and failure.error in _NO_ANSWER and not failure.code


def after_silence(
    before: Breaker | None, account: AccountId, failure: Failure, *, now: datetime
) -> Breaker:
    """The breaker after one more call without an answer."""
    count = before.failures + 1 if before else 1
    tried = Breaker(account, count, failure, before.opened_at if before else None)
    if count < FAILURES_TO_OPEN:
        return tried
    pause = min(FIRST_PAUSE_SECONDS * 2 ** min(count - FAILURES_TO_OPEN, 20), LAST_PAUSE_SECONDS)
    probe_at = now + timedelta(seconds=pause)
    return replace(tried, opened_at=tried.opened_at or now, probe_at=probe_at)
