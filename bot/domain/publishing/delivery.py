"""A Delivery: bringing one revision of a post onto its account, exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AccountId, DeliveryId, PostId, RolloutId
from bot.domain.publishing.journal import Act, Entry, Journal, Outcome
from bot.domain.publishing.receipt import Receipt
from bot.domain.publishing.route import Route, StepRole


class DeliveryState(StrEnum):
    """Where a delivery stands; a lease is columns, not a state."""

    WAITING = "waiting"
    DUE = "due"
    RUNNING = "running"
    AWAITING_PLATFORM = "awaiting_platform"
    AWAITING_PERSON = "awaiting_person"
    UNKNOWN = "unknown"
    HELD = "held"
    DELIVERED = "delivered"
    REMOVED = "removed"
    CANCELLED = "cancelled"


_D = DeliveryState
_AFTER_A_CALL = frozenset(
    {_D.WAITING, _D.RUNNING, _D.AWAITING_PLATFORM, _D.AWAITING_PERSON, _D.UNKNOWN, _D.HELD}
    | {_D.DELIVERED}
)

DELIVERY_MOVES = {
    _D.WAITING: frozenset({_D.DUE, _D.RUNNING, _D.HELD, _D.CANCELLED, _D.DELIVERED, _D.UNKNOWN}),
    _D.DUE: frozenset({_D.WAITING, _D.RUNNING, _D.HELD, _D.CANCELLED, _D.DELIVERED, _D.UNKNOWN}),
    _D.RUNNING: _AFTER_A_CALL,
    _D.AWAITING_PLATFORM: _AFTER_A_CALL,
    _D.AWAITING_PERSON: _AFTER_A_CALL | {_D.CANCELLED},
    _D.UNKNOWN: _AFTER_A_CALL,
    _D.HELD: _AFTER_A_CALL | {_D.CANCELLED},
    _D.DELIVERED: frozenset({_D.REMOVED}),
}

OPEN_STATES = frozenset(
    {_D.WAITING, _D.DUE, _D.RUNNING, _D.AWAITING_PLATFORM, _D.AWAITING_PERSON, _D.UNKNOWN}
)
"""States in which something will still happen by itself."""


@dataclass(frozen=True)
class Delivery:
    """One post revision on its way. `next_at` is when something next needs doing (UTC); what is
    `urgent` is done before everything else. Before `not_before` nothing is sent, whoever comes by:
    until then it can be undone."""

    id: DeliveryId
    post: PostId
    rollout: RolloutId
    account: AccountId
    revision: int
    content_hash: str
    state: DeliveryState
    due_at: datetime
    next_at: datetime | None
    journal: Journal = field(default_factory=Journal)
    prepared_at: datetime | None = None
    accepted_at: datetime | None = None
    hold_reason: str = ""
    receipt: Receipt | None = None
    lease_token: str | None = None
    lease_until: datetime | None = None
    urgent: bool = False
    not_before: datetime | None = None

    @property
    def journal_is_open(self) -> bool:
        """Whether a call was started whose outcome nobody has written down yet."""
        return any(entry.outcome is None for entry in self.journal.entries)


def may_be_public(delivery: Delivery, route: Route) -> bool:
    """Whether its accepting step was started, or a person may have taken it, and nobody has said
    since that nothing came of it: neither the platform by refusing, nor a person."""
    public = {StepRole.ACCEPT, StepRole.AWAIT_PERSON}
    steps = [step.name for step in route.steps if step.role in public]
    return any(may_have_effect(delivery.journal.of(step)) for step in steps)


def may_have_effect(entries: Sequence[Entry]) -> bool:
    """Whether a call among these entries of one step may have done what it was for."""
    denied = [e.seq for e in entries if e.act is Act.PERSON and e.outcome is Outcome.RETRY]
    since = max(denied, default=0)
    return any(not _came_to_nothing(entry) for entry in entries if entry.seq > since)


def _came_to_nothing(entry: Entry) -> bool:
    is_public = entry.failure is not None and entry.failure.means_public
    return entry.outcome in {Outcome.NOT_DONE, Outcome.REFUSED} and not is_public
