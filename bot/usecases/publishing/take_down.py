"""Take what is public off the platform again: a whole post, or one article of it."""

from dataclasses import replace

from bot.domain.errors import IllegalMove, InvalidInput, Problem
from bot.domain.ids import DeliveryId, PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.publishing.delivery import DELIVERY_MOVES, Delivery, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Outcome
from bot.domain.states import move
from bot.ports.storage import UnitOfWork
from bot.usecases.publishing.settle import follow_up
from bot.usecases.publishing.tools import AftercareTools

STEP = "take_down"


def take_down(
    post_id: PostId, *, reason: str, actor: Actor, tools: AftercareTools, article: int = 0
) -> Delivery:
    """Take a public post down, or its `article` (from 1; 0 means all). May be repeated: what is
    down already stays down. The wish is in the audit before the platform is asked.

    Raises:
        NotAllowed, NotFound.
        IllegalMove: the post is not public.
        InvalidInput: it has no such article, or the platform does not offer this.
        PlatformError: the platform refused; the post is as public as before.
    """
    actor.require(Permission.WITHDRAW)
    publishing = tools.publishing
    with publishing.storage.begin() as uow:
        post = uow.posts.get(post_id)
        delivery = _public_delivery(uow, post_id)
        account = uow.accounts.get(delivery.account)
        aftercare, access = tools.of(account), publishing.access(uow, account)
        if not 0 <= article <= len(post.draft.content.articles):
            count = len(post.draft.content.articles)
            raise InvalidInput([Problem("article", f"这篇稿件只有 {count} 篇文章")])
        details = {"article": str(article), "reason": reason}
        _audit(uow, actor, "delivery.take_down_asked", delivery.id, details)
        uow.commit()
    learnt = aftercare.take_down(access, delivery.journal.evidence, article=article)
    with publishing.storage.begin() as uow:
        down = _written_down(uow, _public_delivery(uow, post_id), dict(learnt), article)
        _audit(uow, actor, "delivery.taken_down", delivery.id, {"article": str(article)})
        uow.commit()
    return down


def note_taken_down(uow: UnitOfWork, post_id: PostId, learnt: dict[str, str]) -> None:
    """Write down that a person took the whole post off its platform. What nobody knows to be
    public stays as it is: its doubt is decided on its own page."""
    newest = max(uow.deliveries.of_post(post_id), key=lambda d: d.revision, default=None)
    if newest is not None and newest.state is DeliveryState.DELIVERED:
        _written_down(uow, newest, learnt, 0)


def _public_delivery(uow: UnitOfWork, post_id: PostId) -> Delivery:
    """The newest delivery, which must be public, or have been."""
    deliveries = uow.deliveries.of_post(post_id)
    newest = max(deliveries, key=lambda d: d.revision, default=None)
    state = newest.state if newest else None
    if newest is None or state not in {DeliveryState.DELIVERED, DeliveryState.REMOVED}:
        now = state.value if state else "尚未定时"
        raise IllegalMove("投递", now=now, wanted=DeliveryState.REMOVED.value)
    return newest


def _written_down(
    uow: UnitOfWork, delivery: Delivery, learnt: dict[str, str], article: int
) -> Delivery:
    now = uow.now()
    entry = Entry(
        seq=delivery.journal.next_seq,
        step=STEP,
        act=Act.PERSON,
        started_at=now,
        deadline_at=now,
        finished_at=now,
        outcome=Outcome.DONE,
        evidence=learnt,
    )
    state = delivery.state
    if article == 0 and state is not DeliveryState.REMOVED:
        state = move("投递", DELIVERY_MOVES, state, DeliveryState.REMOVED)
    down = replace(
        delivery,
        state=state,
        journal=delivery.journal.with_entry(entry),
        lease_token=None,
        lease_until=None,
    )
    uow.deliveries.save(down, entries=(entry,))
    follow_up(uow, uow.deliveries.circumstances(down.id))
    return down


def _audit(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    delivery: DeliveryId,
    details: dict[str, str],
) -> None:
    uow.audit.write(
        actor=actor.name,
        action=action,
        object_kind="delivery",
        object_id=delivery,
        details=details,
    )
