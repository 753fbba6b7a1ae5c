"""Holding and cancelling posts together with their deliveries, inside a unit of work."""

from dataclasses import replace

from bot.domain.ids import ReleaseId
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.states import move
from bot.ports.storage import UnitOfWork

STOPPABLE = frozenset({DeliveryState.WAITING, DeliveryState.DUE})
"""Only what has not been started can be stopped; what runs is seen through."""


def hold_posts_of_release(uow: UnitOfWork, release: ReleaseId, reason: str) -> None:
    """Hold every unpublished post of `release`; their approvals are void, also where a person
    held one before."""
    for post in uow.posts.of_release(release):
        if post.state not in POST_MOVES or not may_stop(uow, post):
            continue
        void = post.without_approval()
        if post.state is PostState.HELD:
            uow.posts.save(void)
        else:
            hold_post_within(uow, void, reason)


def cancel_posts_of_release(uow: UnitOfWork, release: ReleaseId) -> None:
    """Cancel every unpublished post of `release`."""
    for post in uow.posts.of_release(release):
        if post.state in POST_MOVES and may_stop(uow, post):
            cancel_post_within(uow, post)


def hold_post_within(uow: UnitOfWork, post: Post, reason: str) -> None:
    """Hold one post; it remembers where it came from."""
    state = move("稿件", POST_MOVES, post.state, PostState.HELD)
    uow.posts.save(replace(post, state=state, held_from=post.state, hold_reason=reason))
    for delivery in stoppable_deliveries(uow, post):
        uow.deliveries.save(
            replace(delivery, state=DeliveryState.HELD, hold_reason=reason, next_at=None)
        )


def cancel_post_within(uow: UnitOfWork, post: Post) -> None:
    """Cancel one post and what would have brought it out."""
    uow.posts.save(replace(post, state=move("稿件", POST_MOVES, post.state, PostState.CANCELLED)))
    for delivery in uow.deliveries.of_post(post.id):
        if delivery.state in STOPPABLE | {DeliveryState.HELD}:
            uow.deliveries.save(replace(delivery, state=DeliveryState.CANCELLED, next_at=None))


def stoppable_deliveries(uow: UnitOfWork, post: Post) -> list[Delivery]:
    """The deliveries of `post` that nothing has started yet."""
    found = uow.deliveries.of_post(post.id)
    return [d for d in found if d.state in STOPPABLE and not d.journal_is_open]


def may_stop(uow: UnitOfWork, post: Post) -> bool:
    """Whether nothing of `post` is being sent or was accepted by the platform."""
    quiet = {DeliveryState.CANCELLED, DeliveryState.HELD} | STOPPABLE
    found = uow.deliveries.of_post(post.id)
    return all(d.state in quiet and d.accepted_at is None for d in found)
