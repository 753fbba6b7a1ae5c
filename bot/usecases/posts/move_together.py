"""Move all posts of a rollout that have not gone out to one new time (同步), or none of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.accounts.account import Account
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId, RolloutId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.posts.review import TAKES_A_READING, ReviewStep
from bot.domain.posts.rollout import Rollout
from bot.domain.publishing.conflicts import Conflict
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.foresee_move import conflicts_at, why_unmovable
from bot.usecases.posts.hold_posts import may_stop
from bot.usecases.posts.schedule_post import (
    PASSED,
    PREPARE_AHEAD,
    has_passed,
    own_delivery,
    refused_by_calendar,
    schedule_within,
)

_TIMED = frozenset({PostState.APPROVED, PostState.SCHEDULED})


@dataclass(frozen=True)
class ForeseenMember:
    """What the new time would mean for one post of the rollout. `refusal` says in Chinese why it
    cannot be given. `steps` are the readings it still needs; `is_short_of_review` says that they
    usually take longer than there is left, `is_short_notice` the same of preparing it. `stuck` is
    why its delivery was held: it is tried again at the new time."""

    post: Post
    account: Account
    due_at: datetime | None
    refusal: str = ""
    steps: tuple[ReviewStep, ...] = ()
    is_short_of_review: bool = False
    is_short_notice: bool = False
    stuck: str = ""
    conflicts: Sequence[Conflict] = ()

    @property
    def is_held(self) -> bool:
        """Whether it stays held at its new time."""
        return self.post.state is PostState.HELD


@dataclass(frozen=True)
class ForeseenTogether:
    """The posts that would move, and how many of the rollout are out or on their way."""

    release_title: str
    members: Sequence[ForeseenMember]
    gone: int

    @property
    def is_possible(self) -> bool:
        """Whether all can be given the time: it is all or none."""
        return bool(self.members) and not any(one.refusal for one in self.members)


def foresee_together(
    rollout: RolloutId, at: datetime | None, *, actor: Actor, storage: Storage
) -> ForeseenTogether:
    """What `at` (UTC) would mean for every post of the rollout. Changes nothing.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.SCHEDULE)
    with storage.look() as uow:
        return _foreseen(uow, uow.posts.rollout(rollout), at)


def move_together(
    rollout_id: RolloutId,
    *,
    at: datetime,
    seen: Collection[PostId],
    actor: Actor,
    storage: Storage,
    ids: Ids,
) -> Sequence[Post]:
    """Give every post of the rollout that has not gone out the time `at` (UTC), or change none.
    What is approved is scheduled, and its approval stands: it is for the words. What still waits
    for its review, or is held, only has another time planned. `seen` are the posts that were
    shown as moving.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the time has passed, an account has no place then, or others than those
            that were seen would move; told account by account.
    """
    actor.require(Permission.SCHEDULE)
    with storage.begin() as uow:
        rollout = uow.posts.rollout(rollout_id)
        foreseen = _foreseen(uow, rollout, at)
        _require_possible(uow, foreseen, at, seen)
        moved = [_moved(uow, one, at, actor, ids) for one in foreseen.members]
        uow.posts.save_rollout(replace(rollout, due_at=at))
        uow.audit.write(
            actor=actor.name,
            action="rollout.moved",
            object_kind="rollout",
            object_id=rollout_id,
            details={"at": at.isoformat(), "posts": str(len(moved))},
        )
        uow.commit()
    return moved


def _require_possible(
    uow: UnitOfWork, foreseen: ForeseenTogether, at: datetime, seen: Collection[PostId]
) -> None:
    if has_passed(uow, at):
        raise InvalidInput([Problem("at", PASSED)])
    if {one.post.id for one in foreseen.members} != set(seen):
        said = "同步的稿件在您查看以后有了变化，一条也没有改；请看下面的最新情况再决定"
        raise InvalidInput([Problem("at", said)])
    problems = [
        Problem("at", f"{one.account.name}：{one.refusal}")
        for one in foreseen.members
        if one.refusal
    ]
    if problems:
        raise InvalidInput(problems)


def _foreseen(uow: UnitOfWork, rollout: Rollout, at: datetime | None) -> ForeseenTogether:
    alive = [post for post in uow.posts.of_rollout(rollout.id) if post.state in POST_MOVES]
    together = [post for post in alive if may_stop(uow, post)]
    members = [_member(uow, post, at) for post in together]
    title = uow.releases.get(rollout.release).content.title
    members.sort(key=lambda one: (one.account.name, one.post.id))
    return ForeseenTogether(title, members, gone=len(alive) - len(together))


def _member(uow: UnitOfWork, post: Post, at: datetime | None) -> ForeseenMember:
    delivery, account = own_delivery(uow, post), uow.accounts.get(post.account)
    due_at = delivery.due_at if delivery else post.due_at
    refusal = why_unmovable(post, delivery) if post.state in _TIMED else ""
    if at is None or refusal:
        return ForeseenMember(post, account, due_at, refusal)
    steps = post.steps_left
    return ForeseenMember(
        post,
        account,
        due_at,
        refusal=refused_by_calendar(uow, post, at) or "",
        steps=steps,
        is_short_of_review=bool(steps) and at < uow.now() + len(steps) * TAKES_A_READING,
        stuck=_stuck(post, delivery),
        is_short_notice=not steps and at < uow.now() + PREPARE_AHEAD,
        conflicts=conflicts_at(uow, post, at),
    )


def _stuck(post: Post, delivery: Delivery | None) -> str:
    if post.state not in _TIMED or delivery is None:
        return ""
    return delivery.hold_reason if delivery.state is DeliveryState.HELD else ""


def _moved(uow: UnitOfWork, one: ForeseenMember, at: datetime, actor: Actor, ids: Ids) -> Post:
    if one.post.state in _TIMED:
        moved, action = schedule_within(uow, one.post, at, ids=ids), "post.scheduled"
    else:
        moved, action = _planned(uow, one.post, at), "post.planned"
    uow.audit.write(
        actor=actor.name,
        action=action,
        object_kind="post",
        object_id=moved.id,
        details={"at": at.isoformat(), "content_hash": moved.content_hash},
    )
    return moved


def _planned(uow: UnitOfWork, post: Post, at: datetime) -> Post:
    """Another time for what no delivery may bring out yet."""
    delivery = own_delivery(uow, post)
    if delivery is not None and delivery.state is DeliveryState.HELD:
        uow.deliveries.save(replace(delivery, due_at=at))
    planned = replace(post, due_at=at)
    uow.posts.save(planned)
    return planned
