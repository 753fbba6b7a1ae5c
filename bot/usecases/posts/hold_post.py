"""A person holds a post, brings it back, or cancels it."""

from dataclasses import replace

from bot.domain.errors import IllegalMove
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.publishing.delivery import DELIVERY_MOVES, DeliveryState
from bot.domain.states import move
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.people.said_name import said_name
from bot.usecases.posts.hold_posts import cancel_post_within, hold_post_within, may_stop


def hold_post(post_id: PostId, *, reason: str, actor: Actor, storage: Storage) -> Post:
    """Hold a post. A call already under way is seen through; nothing new is started.

    Raises:
        NotAllowed, NotFound, IllegalMove.
    """
    actor.require(Permission.SCHEDULE)
    with storage.begin() as uow:
        hold_post_within(uow, uow.posts.get(post_id), reason or f"由{said_name(uow, actor)}暂停")
        return _audited(uow, post_id, actor, "held", reason)


def resume_post(post_id: PostId, *, actor: Actor, storage: Storage) -> Post:
    """Bring a held post back to where it was; its delivery waits for its time again.

    Raises:
        NotAllowed, NotFound.
        IllegalMove: it is not held, or was held because its approval became void.
    """
    actor.require(Permission.SCHEDULE)
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        back = post.held_from or PostState.DRAFT
        if post.state is not PostState.HELD:
            raise IllegalMove("稿件", now=post.state.value, wanted=back.value)
        if back in {PostState.APPROVED, PostState.SCHEDULED} and not post.is_approved_as_is:
            raise IllegalMove("稿件（批准已失效）", now=post.state.value, wanted=back.value)
        state = move("稿件", POST_MOVES, post.state, back)
        uow.posts.save(replace(post, state=state, held_from=None, hold_reason=""))
        for delivery in uow.deliveries.of_post(post_id):
            if delivery.state is DeliveryState.HELD and delivery.revision == post.revision:
                waiting = move("投递", DELIVERY_MOVES, delivery.state, DeliveryState.WAITING)
                uow.deliveries.save(
                    replace(delivery, state=waiting, next_at=uow.now(), hold_reason="")
                )
        return _audited(uow, post_id, actor, "resumed", "")


def cancel_post(post_id: PostId, *, reason: str, actor: Actor, storage: Storage) -> Post:
    """Cancel a post that is not on its way.

    Raises:
        NotAllowed, NotFound.
        IllegalMove: it is being sent, or is public.
    """
    actor.require(Permission.WITHDRAW)
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        if not may_stop(uow, post):
            now = max(uow.deliveries.of_post(post_id), key=lambda d: d.revision).state
            raise IllegalMove("稿件", now=now.value, wanted=PostState.CANCELLED.value)
        cancel_post_within(uow, post)
        return _audited(uow, post_id, actor, "cancelled", reason)


def _audited(uow: UnitOfWork, post_id: PostId, actor: Actor, verb: str, reason: str) -> Post:
    uow.audit.write(
        actor=actor.name,
        action=f"post.{verb}",
        object_kind="post",
        object_id=post_id,
        details={"reason": reason} if reason else None,
    )
    post = uow.posts.get(post_id)
    uow.commit()
    return post
