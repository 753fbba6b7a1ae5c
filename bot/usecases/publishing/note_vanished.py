"""A post that was public is so no more, and not by our doing: its delivery says so."""

from dataclasses import replace

from bot.domain.ids import PostId
from bot.domain.permissions import SYSTEM
from bot.domain.publishing.delivery import DELIVERY_MOVES, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Failure, Outcome
from bot.domain.states import move
from bot.ports.platform import VanishedPost
from bot.ports.storage import UnitOfWork
from bot.usecases.publishing.settle import follow_up

STEP = "stays_public"
NEXT_STEP = "请到平台上核对原因；需要时修改后重新发布，或向平台申诉"


def note_vanished(uow: UnitOfWork, post: VanishedPost) -> None:
    """Within a unit of work. What is known already, or was taken down here, stays as it is."""
    deliveries = uow.deliveries.of_post(PostId(post.post_id))
    newest = max(deliveries, key=lambda d: d.revision, default=None)
    if newest is None or newest.state is not DeliveryState.DELIVERED:
        return
    now = uow.now()
    entry = Entry(
        seq=newest.journal.next_seq,
        step=STEP,
        act=Act.LOOK,
        started_at=now,
        deadline_at=now,
        finished_at=now,
        outcome=Outcome.ABSENT,
        failure=Failure("Vanished", cause=post.how, next_step=NEXT_STEP, who="账号管理员"),
    )
    vanished = replace(
        newest,
        state=move("投递", DELIVERY_MOVES, newest.state, DeliveryState.REMOVED),
        hold_reason=f"{post.how}。{NEXT_STEP}",
        journal=newest.journal.with_entry(entry),
        lease_token=None,
        lease_until=None,
    )
    uow.deliveries.save(vanished, entries=(entry,))
    follow_up(uow, uow.deliveries.circumstances(vanished.id))
    uow.audit.write(
        actor=SYSTEM.name,
        action="delivery.vanished",
        object_kind="delivery",
        object_id=vanished.id,
        details={"how": post.how},
    )
