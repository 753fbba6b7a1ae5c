"""A Rollout: the posts of one release that go out together (三同步)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ReleaseId, RolloutId
from bot.domain.publishing.delivery import DeliveryState


class RolloutPolicy(StrEnum):
    """`all_or_nothing`: nothing goes out before everything is prepared."""

    ALL_OR_NOTHING = "all_or_nothing"
    AS_READY = "as_ready"


class RolloutState(StrEnum):
    """planned → preparing → ready → going_out → out | partly_out · held · cancelled."""

    PLANNED = "planned"
    PREPARING = "preparing"
    READY = "ready"
    GOING_OUT = "going_out"
    OUT = "out"
    PARTLY_OUT = "partly_out"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Rollout:
    """The posts of `release` that go out together at `due_at` (UTC)."""

    id: RolloutId
    release: ReleaseId
    release_version: int
    policy: RolloutPolicy
    state: RolloutState
    due_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class Member:
    """One delivery of a rollout, as its siblings see it."""

    delivery_id: str
    state: DeliveryState
    prepared: bool
    accepted: bool
    pushes: bool


def rollout_state(members: Iterable[Member]) -> RolloutState:
    """The state of a rollout, read from its deliveries. An empty rollout is planned."""
    members = tuple(members)
    if not members:
        return RolloutState.PLANNED
    states = {member.state for member in members}
    if states <= {DeliveryState.CANCELLED}:
        return RolloutState.CANCELLED
    living = [member for member in members if member.state is not DeliveryState.CANCELLED]
    if all(m.state in _OUT for m in living):
        return RolloutState.OUT
    stuck = any(m.state is DeliveryState.HELD for m in living)
    if any(m.accepted for m in living):
        return RolloutState.PARTLY_OUT if stuck else RolloutState.GOING_OUT
    if stuck:
        return RolloutState.HELD
    if all(m.prepared for m in living):
        return RolloutState.READY
    return RolloutState.PREPARING


_OUT = frozenset({DeliveryState.DELIVERED, DeliveryState.REMOVED})


def may_accept(own_id: str, members: Iterable[Member], policy: RolloutPolicy) -> bool:
    """Whether this delivery's accepting step is free to run as far as its siblings go.

    Under all_or_nothing everybody must be prepared first, and pushes to followers, which
    cannot be taken back, wait until every other living member has been accepted.
    """
    if policy is RolloutPolicy.AS_READY:
        return True
    living = [m for m in members if m.state is not DeliveryState.CANCELLED]
    own = next(m for m in living if m.delivery_id == own_id)
    others = [m for m in living if m.delivery_id != own_id]
    if any(m.accepted for m in others):
        return not own.pushes or all(m.accepted for m in others if not m.pushes)
    if not all(m.prepared or m.accepted for m in others):
        return False
    return not own.pushes or all(m.pushes for m in others)
