"""Taking a post back to its writer's desk, together with what would have brought it out."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.errors import IllegalMove
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.posts.review import ONE_STEP
from bot.domain.publishing.delivery import (
    DELIVERY_MOVES,
    Delivery,
    DeliveryState,
    may_be_public,
)
from bot.domain.publishing.route import Route
from bot.domain.states import move
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.hold_posts import STOPPABLE

QUIET = STOPPABLE | {DeliveryState.HELD, DeliveryState.CANCELLED}


def can_be_taken_back(deliveries: Iterable[Delivery], route: Route) -> bool:
    """Whether nothing is under way and certainly nothing is public: the next revision is sent
    beside what these deliveries did."""
    return all(_is_over(delivery) or _is_harmless(delivery, route) for delivery in deliveries)


def take_back(uow: UnitOfWork, post: Post, route: Route) -> Post:
    """The post as a draft without approval; its deliveries are cancelled. It has a new revision
    if this one had a delivery, so that it can be scheduled again. What was approved is kept as a
    revision; the post itself is not saved.

    Raises:
        IllegalMove: the post is on its way, is over, or may be public.
    """
    deliveries = uow.deliveries.of_post(post.id)
    for delivery in deliveries:
        if not _is_over(delivery):
            _cancel(uow, delivery, route)
    if post.state is not PostState.DRAFT:
        move("稿件", POST_MOVES, post.state, PostState.DRAFT)
    if post.approved_hash is not None:
        uow.revisions.keep(post)
    is_used = any(delivery.revision == post.revision for delivery in deliveries)
    return replace(
        post.without_approval(),
        state=PostState.DRAFT,
        revision=post.revision + 1 if is_used else post.revision,
        steps=post.steps or ONE_STEP,
        held_from=None,
        hold_reason="",
    )


def _cancel(uow: UnitOfWork, delivery: Delivery, route: Route) -> None:
    if not _is_harmless(delivery, route):
        raise IllegalMove("稿件的投递", now=delivery.state.value, wanted=PostState.DRAFT.value)
    cancelled = move("投递", DELIVERY_MOVES, delivery.state, DeliveryState.CANCELLED)
    uow.deliveries.save(replace(delivery, state=cancelled, next_at=None))


def _is_over(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.CANCELLED


def _is_harmless(delivery: Delivery, route: Route) -> bool:
    is_still = delivery.state in QUIET and not delivery.journal_is_open
    return is_still and not may_be_public(delivery, route)
