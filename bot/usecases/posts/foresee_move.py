"""Say what another time would mean for a post, before anybody gives it that time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.account import Account
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import Post, PostState
from bot.domain.publishing.conflicts import Conflict, ConflictKind, Planned, conflicts_of
from bot.domain.publishing.delivery import Delivery
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.schedule_post import (
    MOVABLE,
    PASSED,
    PREPARE_AHEAD,
    has_passed,
    own_delivery,
    planned_beside,
    refused_by_calendar,
)

_SAID_BY_THE_CALENDAR = {ConflictKind.DAY_FULL, ConflictKind.MONTH_FULL}


@dataclass(frozen=True)
class ForeseenMove:
    """`refusal` says in Chinese why the time cannot be given, empty when it can;
    `needs_emergency` that an emergency may. `is_short_notice`: there is less time left than
    preparing takes."""

    post: Post
    account: Account
    release_title: str
    due_at: datetime | None
    refusal: str = ""
    needs_emergency: bool = False
    is_short_notice: bool = False
    conflicts: Sequence[Conflict] = ()

    @property
    def is_possible(self) -> bool:
        """Whether the time can be given, as an emergency perhaps."""
        return not self.refusal or self.needs_emergency


def foresee_move(
    post_id: PostId, at: datetime | None, *, actor: Actor, storage: Storage
) -> ForeseenMove:
    """What `at` (UTC) would mean for the post; without it only whether it can be moved at all.
    Changes nothing.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.SCHEDULE)
    with storage.look() as uow:
        return foreseen_within(uow, uow.posts.get(post_id), at)


def foreseen_within(uow: UnitOfWork, post: Post, at: datetime | None) -> ForeseenMove:
    """The same inside a unit of work."""
    account, release = uow.accounts.get(post.account), uow.releases.get(post.release)
    delivery = own_delivery(uow, post)
    due_at = delivery.due_at if delivery else post.due_at
    refusal = why_unmovable(post, delivery)
    if at is None or refusal:
        return ForeseenMove(post, account, release.content.title, due_at, refusal)
    refusal = _why_not_then(uow, post, at)
    return ForeseenMove(
        post,
        account,
        release.content.title,
        due_at,
        refusal=refusal,
        needs_emergency=bool(refusal) and not _why_not_then(uow, post, at, emergency=True),
        is_short_notice=not refusal and at < uow.now() + PREPARE_AHEAD,
        conflicts=conflicts_at(uow, post, at),
    )


def why_unmovable(post: Post, delivery: Delivery | None) -> str:
    """Why the post can be given no time at all, in Chinese; empty when it can."""
    if delivery and (delivery.state not in MOVABLE or delivery.accepted_at is not None):
        return "稿件正在发布或者已经发出，时间不能再改"
    if post.state is PostState.HELD:
        return "稿件已暂停，请先在稿件页恢复，再改时间"
    if post.state not in {PostState.APPROVED, PostState.SCHEDULED}:
        return "稿件还没有通过审核，通过以后才能定时"
    return "" if post.is_approved_as_is else "批准以后内容有改动，批准已失效；请重新复审，再定时"


def _why_not_then(uow: UnitOfWork, post: Post, at: datetime, *, emergency: bool = False) -> str:
    if has_passed(uow, at):
        return PASSED
    return refused_by_calendar(uow, post, at, emergency=emergency) or ""


def conflicts_at(uow: UnitOfWork, post: Post, at: datetime) -> Sequence[Conflict]:
    """What would be in the way of the post at `at`, beside what the calendar refuses."""
    embargo = uow.releases.get(post.release).release_at
    planned = [Planned(other, due) for other, due in planned_beside(uow, post, at)]
    this = Planned(post.id, at, embargo=embargo, emergency=post.emergency)
    account = uow.accounts.get(post.account)
    found = conflicts_of(account, [*planned, this], uow.quiet_periods.newest())
    return [one for one in found if post.id in one.posts and one.kind not in _SAID_BY_THE_CALENDAR]
