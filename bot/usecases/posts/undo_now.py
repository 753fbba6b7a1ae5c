"""Take back what was to be published at once, in the seconds in which nothing is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import Conflict
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.publishing.at_once import may_be_undone
from bot.domain.publishing.route import Route
from bot.domain.states import move
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.publish_now import unpublished_of_rollout
from bot.usecases.posts.schedule_post import own_delivery
from bot.usecases.posts.take_back import can_be_taken_back, take_back
from bot.usecases.publishing.tools import PublishingTools


@dataclass(frozen=True)
class Undone:
    """What came of it: posts that stay here, and those that somebody has begun to send."""

    kept: Sequence[Post]
    going: Sequence[Post]


def undo_now(post_id: PostId, *, actor: Actor, tools: PublishingTools) -> Undone:
    """Take the post, and what goes out with it at the same moment, back to `approved` without a
    time; only what nothing has been sent of.

    Raises:
        NotAllowed, NotFound.
        Conflict: it was not published at once, or is on its way; nothing was changed.
    """
    actor.require(Permission.SCHEDULE)
    with tools.storage.begin() as uow:
        together = together_with(uow, uow.posts.get(post_id))
        taken = [_taken(uow, post, actor, tools) for post in together]
        kept = [post for post in taken if post is not None]
        if not kept:
            raise Conflict("没有撤销：不是正在等待的“立即发布”，或者已经开始发送，请看最新情况")
        uow.commit()
    undone = {post.id for post in kept}
    return Undone(kept, [post for post in together if post.id not in undone])


def together_with(uow: UnitOfWork, post: Post) -> Sequence[Post]:
    """The posts of its rollout that were published at once by the same press, itself first."""
    mine = own_delivery(uow, post)
    if mine is None or mine.not_before is None:
        return [post]
    others = [one for one in unpublished_of_rollout(uow, post) if one.id != post.id]
    return [post, *(one for one in others if _begins(uow, one) == mine.not_before)]


def _begins(uow: UnitOfWork, post: Post) -> datetime | None:
    delivery = own_delivery(uow, post)
    is_scheduled = post.state is PostState.SCHEDULED
    return delivery.not_before if delivery is not None and is_scheduled else None


def _taken(uow: UnitOfWork, post: Post, actor: Actor, tools: PublishingTools) -> Post | None:
    route = tools.route(uow.accounts.get(post.account), uow.posts.rollout(post.rollout))
    if not may_be_undone(post, own_delivery(uow, post)):
        return None
    if not can_be_taken_back(uow.deliveries.of_post(post.id), route):
        return None
    undone = _approved_again(uow, post, route)
    uow.posts.save(undone)
    uow.audit.write(
        actor=actor.name,
        action="post.publishing_undone",
        object_kind="post",
        object_id=post.id,
        details={"content_hash": post.content_hash},
    )
    return undone


def _approved_again(uow: UnitOfWork, post: Post, route: Route) -> Post:
    """Its content is what was approved, so the approval goes over to the new revision."""
    return replace(
        take_back(uow, post, route),
        state=move("稿件", POST_MOVES, post.state, PostState.APPROVED),
        approved_hash=post.approved_hash,
        approved_by=post.approved_by,
        steps=post.steps,
        signatures=post.signatures,
        due_at=None,
    )
