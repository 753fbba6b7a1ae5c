"""From an error to the journal: the table that decides what is tried again."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors as e
from bot.domain.publishing.deciding import backoff, failure_of, judge
from bot.domain.publishing.journal import Outcome
from tests.factories import NOW, after


@pytest.mark.parametrize(
    ("error", "outcome", "retry_at"),
    [
        (e.NotSent("x"), Outcome.NOT_DONE, after(2)),
        (e.PlatformUnavailable("x"), Outcome.NOT_DONE, after(2)),
        (e.RateLimited("x"), Outcome.NOT_DONE, after(60)),
        (e.RateLimited("x", until=after(900)), Outcome.NOT_DONE, after(900)),
        (e.OutcomeUnknown("x"), Outcome.UNKNOWN, None),
        (e.AlreadyDone("x"), Outcome.DONE, None),
        (e.CredentialExpired("x"), Outcome.REFUSED, None),
        (e.AccountSuspended("x"), Outcome.REFUSED, None),
        (e.NotPermitted("x"), Outcome.REFUSED, None),
        (e.ContentRejected("x"), Outcome.REFUSED, None),
        (e.PartlyDone("x"), Outcome.REFUSED, None),
        (e.NotAsApproved("x"), Outcome.REFUSED, None),
        (e.TargetGone("x"), Outcome.REFUSED, None),
        (e.Misconfigured("x"), Outcome.REFUSED, None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, e.PlatformError) else None,
)
def test_each_error_has_its_verdict(
    error: e.PlatformError, outcome: Outcome, retry_at: datetime | None
) -> None:
    """Only what surely did nothing is tried again; an unknown outcome never by itself."""
    verdict = judge(error, attempt=1, now=NOW, jitter=0.5)

    assert (verdict.outcome, verdict.retry_at) == (outcome, retry_at)


def test_the_table_knows_every_platform_error() -> None:
    """A new kind of error must be thought about here."""
    judged = {
        "NotSent",
        "PlatformUnavailable",
        "RateLimited",
        "OutcomeUnknown",
        "AlreadyDone",
        "CredentialExpired",
        "AccountSuspended",
        "NotPermitted",
        "ContentRejected",
        "PartlyDone",
        "NotAsApproved",
        "TargetGone",
        "Misconfigured",
    }

    assert {kind.__name__ for kind in e.PlatformError.__subclasses__()} == judged


@given(st.integers(1, 200), st.floats(0, 1))
def test_pauses_grow_to_ten_minutes_and_spread(attempt: int, jitter: float) -> None:
    """Never shorter than a second and a half, never longer than twelve and a half minutes."""
    seconds = backoff(attempt, jitter=jitter).total_seconds()

    assert 1.5 <= seconds <= 750
    assert backoff(attempt + 1, jitter=jitter).total_seconds() >= seconds


def test_what_is_kept_of_a_failure_is_plain_words() -> None:
    """Type, code, cause, next step and who: what a page shows."""
    why = e.Explanation("标题超过 32 个字", "请缩短标题", "编辑")

    kept = failure_of(e.ContentRejected("title", code="45003", explanation=why))

    assert (kept.error, kept.code) == ("ContentRejected", "45003")
    assert (kept.cause, kept.next_step, kept.who) == (why.cause, why.next_step, why.who)
