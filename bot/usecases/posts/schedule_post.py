"""Give an approved post its time: from here on its delivery brings it out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts.mass_calendar import month_around, why_no_place
from bot.domain.errors import IllegalMove, InvalidInput, Problem
from bot.domain.ids import DeliveryId, PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.states import move
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork

PREPARE_AHEAD = timedelta(minutes=10)
"""Uploads and drafts are made this long before the due time; the due moment only accepts."""

PASSED = "发布时间已经过去，请选择以后的时间"
MOVABLE = frozenset({DeliveryState.WAITING, DeliveryState.DUE, DeliveryState.HELD})
APPROVED_MOVES = {PostState.APPROVED: POST_MOVES[PostState.APPROVED]}
"""A post a person holds is resumed first."""


def schedule_post(
    post_id: PostId,
    *,
    at: datetime,
    actor: Actor,
    storage: Storage,
    ids: Ids,
    emergency: bool = False,
) -> Post:
    """Schedule an approved post for `at` (UTC), or move its time while nothing is out. A delivery
    that was held (too late, returned) waits again; what its journal says still counts. Only an
    `emergency` takes the push, or the publication of a day, that an account keeps back; it goes
    out before everything else that is due, and no quiet period keeps it.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the time has passed, or the account has no push or publication left then.
        IllegalMove: the post is not approved, or is on its way already.
    """
    actor.require(Permission.SCHEDULE)
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        if has_passed(uow, at):
            raise InvalidInput([Problem("at", PASSED)])
        if not post.is_approved_as_is:
            raise IllegalMove("稿件", now=post.state.value, wanted=PostState.SCHEDULED.value)
        refusal = refused_by_calendar(uow, post, at, emergency=emergency)
        if refusal is not None:
            raise InvalidInput([Problem("at", refusal)])
        post = replace(post, emergency=post.emergency or emergency)
        scheduled = schedule_within(uow, post, at, ids=ids)
        uow.audit.write(
            actor=actor.name,
            action="post.scheduled",
            object_kind="post",
            object_id=post_id,
            details={"at": at.isoformat(), "content_hash": post.content_hash}
            | ({"emergency": "yes"} if emergency else {}),
        )
        uow.commit()
    return scheduled


def has_passed(uow: UnitOfWork, at: datetime) -> bool:
    """Whether `at` is no time for a post any more; within a minute it is now."""
    return at < uow.now() - timedelta(minutes=1)


def refused_by_calendar(
    uow: UnitOfWork, post: Post, at: datetime, *, emergency: bool = False
) -> str | None:
    """Why the account has no place for the post at `at`, in Chinese; None when it has one."""
    others = [due for _, due in planned_beside(uow, post, at)]
    account = uow.accounts.get(post.account)
    return why_no_place(account, at, others, emergency=emergency)


def planned_beside(uow: UnitOfWork, post: Post, at: datetime) -> Sequence[tuple[PostId, datetime]]:
    """What else its account has planned in the month of `at`."""
    since, until = month_around(at)
    planned = uow.deliveries.planned(post.account, since=since, until=until)
    return [(other, due) for other, due in planned if other != post.id]


def schedule_within(
    uow: UnitOfWork, post: Post, at: datetime, *, ids: Ids, not_before: datetime | None = None
) -> Post:
    """Schedule inside a unit of work; a delivery is made, or its time moved. Nothing of it is sent
    before `not_before`; left out, it is prepared ahead of its time."""
    waiting = own_delivery(uow, post)
    if waiting is not None:
        return _move_time(uow, post, waiting, at, not_before)
    state = move("稿件", POST_MOVES, post.state, PostState.SCHEDULED)
    scheduled = replace(post, state=state, due_at=at, hold_reason="")
    uow.posts.save(scheduled)
    uow.deliveries.add(
        Delivery(
            id=DeliveryId(ids.new("dlv")),
            post=post.id,
            rollout=post.rollout,
            account=post.account,
            revision=post.revision,
            content_hash=post.content_hash,
            state=DeliveryState.WAITING,
            due_at=at,
            next_at=not_before or _wake_time(uow, at),
            urgent=post.emergency,
            not_before=not_before,
        )
    )
    return scheduled


def own_delivery(uow: UnitOfWork, post: Post) -> Delivery | None:
    """The delivery of the post's present revision."""
    mine = [d for d in uow.deliveries.of_post(post.id) if d.revision == post.revision]
    return mine[0] if mine else None


def _move_time(
    uow: UnitOfWork, post: Post, delivery: Delivery, at: datetime, not_before: datetime | None
) -> Post:
    if delivery.state not in MOVABLE or delivery.accepted_at is not None:
        raise IllegalMove("稿件的投递", now=delivery.state.value, wanted="改期")
    state = post.state
    if state is not PostState.SCHEDULED:
        state = move("稿件", APPROVED_MOVES, state, PostState.SCHEDULED)
    next_at = not_before or _wake_time(uow, at)
    again = replace(delivery, due_at=at, next_at=next_at, hold_reason="")
    again = replace(again, urgent=post.emergency, not_before=not_before)
    uow.deliveries.save(replace(again, state=DeliveryState.WAITING))
    moved = replace(post, due_at=at, state=state)
    uow.posts.save(moved)
    return moved


def _wake_time(uow: UnitOfWork, at: datetime) -> datetime:
    return max(uow.now(), at - PREPARE_AHEAD)
