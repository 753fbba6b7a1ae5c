"""Writing down that a delivery waits, is held, or is done, and what follows for its rollout."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.ids import DeliveryId
from bot.domain.posts.rollout import RolloutPolicy, rollout_state
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.delivery import DELIVERY_MOVES, Delivery, DeliveryState
from bot.domain.publishing.journal import Entry, finished_well
from bot.domain.publishing.next_move import Done, Hold, Move, Prepared, Wait, receipt_of
from bot.domain.publishing.route import Route, StepRole
from bot.domain.releases.release import ReleaseState
from bot.domain.states import move as checked_move
from bot.ports.storage import UnitOfWork

SIBLINGS_LOOK_AGAIN_SECONDS = 15
KEPT_BY_SIBLINGS = "同批的其他账号还没有准备好；全部准备好后一起发布"


def with_progress(delivery: Delivery, route: Route, now: datetime) -> Delivery:
    """The delivery with the times of its preparation and acceptance, once the journal has them."""
    accepted = receipt_of(route, delivery.journal).accepted
    return replace(
        delivery,
        prepared_at=delivery.prepared_at or (now if _is_prepared(delivery, route) else None),
        accepted_at=delivery.accepted_at or (accepted.at if accepted else None),
    )


def _is_prepared(delivery: Delivery, route: Route) -> bool:
    early = [s for s in route.steps if s.role in {StepRole.PREPARE, StepRole.VERIFY}]
    return all(finished_well(delivery.journal.of(step.name)) for step in early)


def has_news(before: Delivery, after: Delivery) -> bool:
    """Whether siblings and the release should hear of what happened between the two."""
    ended = {DeliveryState.HELD, DeliveryState.DELIVERED}
    return (
        (before.prepared_at is None) != (after.prepared_at is None)
        or (before.accepted_at is None) != (after.accepted_at is None)
        or after.state in ended
    )


def settle(
    uow: UnitOfWork,
    *,
    before: Delivery,
    here: Circumstances,
    move: Move,
    written: Sequence[Entry] = (),
) -> Delivery:
    """Store what `move` means, give the lease back, and let the rollout and release know."""
    settled = _settled(here.delivery, move, here.now)
    uow.deliveries.save(replace(settled, lease_until=here.now), entries=written)
    if has_news(before, settled):
        follow_up(uow, replace(here, delivery=settled))
    return settled


def _settled(delivery: Delivery, move: Move, now: datetime) -> Delivery:
    match move:
        case Done(receipt=receipt):
            return replace(_into(delivery, DeliveryState.DELIVERED, None), receipt=receipt)
        case Hold(reason=reason):
            return replace(_into(delivery, DeliveryState.HELD, None), hold_reason=reason)
        case Prepared(until=until, reason=reason):
            again = now + timedelta(seconds=SIBLINGS_LOOK_AGAIN_SECONDS)
            waiting = _into(delivery, DeliveryState.WAITING, until or again)
            is_kept = until is None and now >= delivery.due_at
            return replace(waiting, hold_reason=KEPT_BY_SIBLINGS if is_kept else reason)
        case Wait():
            waiting = _into(delivery, _waiting_state(delivery, move), move.until)
            return replace(waiting, hold_reason=move.reason)
        case _:
            raise AssertionError(f"{move} is carried out, not settled")


def _waiting_state(delivery: Delivery, wait: Wait) -> DeliveryState:
    if wait.unsure:
        return DeliveryState.UNKNOWN
    if delivery.journal_is_open:
        return DeliveryState.RUNNING
    if wait.on is StepRole.AWAIT_PERSON:
        return DeliveryState.AWAITING_PERSON
    if delivery.accepted_at is not None:
        return DeliveryState.AWAITING_PLATFORM
    return DeliveryState.WAITING


def _into(delivery: Delivery, state: DeliveryState, next_at: datetime | None) -> Delivery:
    if state is not delivery.state:
        checked_move("投递", DELIVERY_MOVES, delivery.state, state)
    return replace(delivery, state=state, next_at=next_at)


def follow_up(uow: UnitOfWork, here: Circumstances) -> None:
    """Bring the rollout's state up to date, wake siblings that waited for us, mark the release.

    The delivery of `here` has been saved as it is.
    """
    delivery, rollout = here.delivery, here.rollout
    members = uow.deliveries.members(rollout.id)
    state = rollout_state(members)
    if state is not rollout.state:
        uow.posts.save_rollout(replace(rollout, state=state))
    if rollout.policy is RolloutPolicy.ALL_OR_NOTHING:
        at_the_gate = [
            DeliveryId(m.delivery_id)
            for m in members
            if m.state is DeliveryState.WAITING and m.prepared and m.delivery_id != delivery.id
        ]
        uow.deliveries.wake(at_the_gate)
    release = here.release
    if delivery.accepted_at is not None and release.state is ReleaseState.APPROVED:
        uow.releases.save(
            replace(release, state=ReleaseState.RELEASED, released_at=delivery.accepted_at)
        )
