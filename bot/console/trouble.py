"""出错: why a post waits for somebody: what happened, cause, next step, who; said once each."""

from dataclasses import dataclass

from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Entry, Outcome

_STUCK = frozenset({DeliveryState.HELD, DeliveryState.UNKNOWN})


@dataclass(frozen=True)
class Trouble:
    """`code` and `said` are the platform's own. Where the platform did not refuse, `happened` says
    what to do, and the failure's advice, written for the first try, is left out."""

    happened: str
    cause: str = ""
    next_step: str = ""
    who: str = ""
    code: str = ""
    said: str = ""


def trouble_of(delivery: Delivery | None, reason: str) -> Trouble | None:
    """What is told of a post that is held for `reason`; None when there is nothing to tell."""
    failed = _last_failed(delivery)
    if failed is None or failed.failure is None:
        return Trouble(reason) if reason else None
    failure, is_refused = failed.failure, failed.outcome is Outcome.REFUSED
    cause = failure.cause or failure.message
    if not is_refused:
        return Trouble(reason or cause, cause=cause, code=failure.code, said=failure.message)
    # The reason of a refusal repeats cause and next step after its first sentence.
    repeats = bool(failure.cause) and failure.cause in reason
    return Trouble(
        reason.partition("。")[0] if repeats else reason or "稿件没有发出",
        cause=cause,
        next_step=failure.next_step,
        who=failure.who,
        code=failure.code,
        said=failure.message,
    )


def _last_failed(delivery: Delivery | None) -> Entry | None:
    if delivery is None or delivery.state not in _STUCK:
        return None
    failed = [entry for entry in delivery.journal.entries if entry.failure is not None]
    return failed[-1] if failed else None
