"""The fast lane's one review: a second person approves all posts of an emergency, and they go."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import Signature
from bot.domain.posts.review_log import ReviewEntry, ReviewEvent
from bot.domain.posts.signing import open_step, sign
from bot.domain.releases.release import Release
from bot.ports.clock import Ids
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.review_post import require_second_reader
from bot.usecases.posts.schedule_post import refused_by_calendar, schedule_within


def publish_emergency(
    release_id: ReleaseId,
    *,
    shown: Mapping[PostId, str],
    actor: Actor,
    storage: Storage,
    ids: Ids,
    doorbell: Doorbell,
) -> Sequence[Post]:
    """Approve every post that waits for review and schedule it for now, or for the embargo's end.
    `shown` are the posts the reviewer read, each with the hash of what was on the page.

    Raises:
        NotAllowed: the actor may not approve and schedule, or approved the release.
        InvalidInput: a post changed since it was shown, or its account has no place today.
        Conflict: nothing waits for review.
    """
    actor.require(Permission.APPROVE_POST)
    actor.require(Permission.SCHEDULE)
    with storage.begin() as uow:
        release = uow.releases.get(release_id)
        waiting = [p for p in uow.posts.of_release(release_id) if _waits(p, release)]
        if not release.is_emergency or not waiting:
            raise Conflict("没有待复审的应急稿件，可能已有同事处理过，请看最新情况")
        require_second_reader(uow, release, actor)
        _require_shown(waiting, shown)
        at = max(uow.now(), release.release_at) if release.release_at else uow.now()
        published = [_published(uow, post, at, actor, ids) for post in waiting]
        due = [(p.account, d.id) for p in published for d in uow.deliveries.of_post(p.id)]
        uow.commit()
    _ring(due, doorbell)
    return published


def _waits(post: Post, release: Release) -> bool:
    is_current = post.release_version == release.version
    return is_current and post.emergency and post.state is PostState.IN_REVIEW


def _require_shown(waiting: Sequence[Post], shown: Mapping[PostId, str]) -> None:
    changed = [post for post in waiting if shown.get(post.id) != post.content_hash]
    if changed:
        words = "稿件在您查看之后有改动，没有发布；请重新查看每一篇再批准"
        raise InvalidInput([Problem("content_hash", words)])


def _published(uow: UnitOfWork, post: Post, at: datetime, actor: Actor, ids: Ids) -> Post:
    refusal = refused_by_calendar(uow, post, at, emergency=True)
    if refusal is not None:
        raise InvalidInput([Problem("at", refusal)])
    step = open_step(post)
    approved = sign(post, Signature(step, actor.name, uow.now(), post.content_hash))
    scheduled = schedule_within(uow, approved, at, ids=ids)
    uow.reviews.add(
        ReviewEntry(
            post.id,
            ReviewEvent.SIGNED,
            uow.now(),
            actor.name,
            post.content_hash,
            post.revision,
            step=step,
        )
    )
    uow.audit.write(
        actor=actor.name,
        action="post.published_as_emergency",
        object_kind="post",
        object_id=post.id,
        details={"at": at.isoformat(), "content_hash": post.content_hash},
    )
    return scheduled


def _ring(due: Sequence[tuple[AccountId, DeliveryId]], doorbell: Doorbell) -> None:
    for account, delivery in due:
        doorbell.deliveries_are_due(account, [delivery])
