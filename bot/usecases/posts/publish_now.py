"""Publish approved posts at once, on one account or on several in step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.account import Account
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.publishing.at_once import UNDO, why_not_at_once
from bot.domain.publishing.conflicts import Conflict
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.doubt import is_doubtful
from bot.ports.clock import Ids
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.foresee_move import foreseen_within
from bot.usecases.posts.schedule_post import own_delivery, schedule_within
from bot.usecases.publishing.tools import PublishingTools

_IN_DOUBT = "不能确定这篇稿件是否已经发出，请先核对结果"
_FAILED = "发布时出过错，请先在稿件页按提示处理"
_TOGETHER = "这份政策要求各账号一起发布；暂时不发的稿件请先取消，再发布其余的"


@dataclass(frozen=True)
class NowCandidate:
    """A post that could go out at once; `refusal` says in Chinese why it cannot, and `notes` what
    to think of before."""

    post: Post
    account: Account
    refusal: str = ""
    notes: Sequence[Conflict] = ()


@dataclass(frozen=True)
class ForeseenNow:
    """What publishing at once would do: the post asked for first, then its rollout's others that
    are not out. `in_step`: all of them go together or none."""

    release_title: str
    in_step: bool
    candidates: Sequence[NowCandidate]


def foresee_now(post_id: PostId, *, actor: Actor, tools: PublishingTools) -> ForeseenNow:
    """What publishing this post at once would do; changes nothing.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.SCHEDULE)
    with tools.storage.look() as uow:
        asked = uow.posts.get(post_id)
        at = uow.now() + UNDO
        members = [
            asked,
            *(one for one in unpublished_of_rollout(uow, asked) if one.id != asked.id),
        ]
        return ForeseenNow(
            release_title=uow.releases.get(asked.release).content.title,
            in_step=_goes_in_step(uow, asked),
            candidates=[_candidate(uow, post, at, tools) for post in members],
        )


def publish_now(
    shown: Mapping[PostId, str], *, actor: Actor, tools: PublishingTools, ids: Ids
) -> Sequence[Post]:
    """Let these posts of one rollout go out in 15 seconds, all or none; until then nothing is sent
    of them. `shown` has the hash of what the page showed of each.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: none is chosen, one cannot go out now or has changed since, they belong to
            different rollouts, or one that goes in step with them is missing.
    """
    actor.require(Permission.SCHEDULE)
    if not shown:
        raise InvalidInput([Problem("post", "请至少选择一个账号")])
    with tools.storage.begin() as uow:
        at = uow.now() + UNDO
        chosen = [_candidate(uow, uow.posts.get(post), at, tools) for post in shown]
        _require_all(uow, chosen, shown)
        published = [_publish(uow, one.post, at, actor, ids) for one in chosen]
        uow.commit()
    return published


def unpublished_of_rollout(uow: UnitOfWork, post: Post) -> Sequence[Post]:
    """The posts of its rollout that are neither out nor over, itself among them."""
    found = []
    for one in uow.posts.of_release(post.release):
        if one.rollout != post.rollout or one.state not in POST_MOVES:
            continue
        delivery = own_delivery(uow, one)
        if delivery is None or delivery.accepted_at is None:
            found.append(one)
    return sorted(found, key=lambda one: one.id)


def _goes_in_step(uow: UnitOfWork, post: Post) -> bool:
    return uow.posts.rollout(post.rollout).policy is RolloutPolicy.ALL_OR_NOTHING


def _candidate(uow: UnitOfWork, post: Post, at: datetime, tools: PublishingTools) -> NowCandidate:
    foreseen = foreseen_within(uow, post, at)
    conflicts = tuple(foreseen.conflicts)
    refusal = _why_not_ready(uow, post, tools) or foreseen.refusal
    refusal = refusal or why_not_at_once(
        post,
        uow.releases.get(post.release),
        foreseen.account,
        everything_stopped=uow.stops.everything_is_stopped(),
        trouble=uow.accounts.trouble(post.account),
        conflicts=conflicts,
    )
    return NowCandidate(post, foreseen.account, refusal, conflicts)


def _why_not_ready(uow: UnitOfWork, post: Post, tools: PublishingTools) -> str:
    """What an earlier try left to a person."""
    delivery = own_delivery(uow, post)
    if delivery is None:
        return ""
    route = tools.route(uow.accounts.get(post.account), uow.posts.rollout(post.rollout))
    if is_doubtful(delivery, route):
        return _IN_DOUBT
    has_failed = any(entry.failure is not None for entry in delivery.journal.entries)
    return _FAILED if has_failed and delivery.state is DeliveryState.HELD else ""


def _require_all(
    uow: UnitOfWork, chosen: Sequence[NowCandidate], shown: Mapping[PostId, str]
) -> None:
    problems = [
        Problem("post", f"{one.account.name}：{one.refusal}") for one in chosen if one.refusal
    ]
    changed = [one for one in chosen if one.post.content_hash != shown[one.post.id]]
    if changed:
        problems.append(Problem("post", "稿件在您查看之后有改动，请重新查看再发布"))
    first = chosen[0].post
    if any(one.post.rollout != first.rollout for one in chosen):
        problems.append(Problem("post", "这些稿件不属于同一次同步发布，请分别发布"))
    elif _goes_in_step(uow, first) and {one.id for one in unpublished_of_rollout(uow, first)} - set(
        shown
    ):
        problems.append(Problem("post", _TOGETHER))
    if problems:
        raise InvalidInput(problems)


def _publish(uow: UnitOfWork, post: Post, at: datetime, actor: Actor, ids: Ids) -> Post:
    scheduled = schedule_within(uow, post, at, ids=ids, not_before=at)
    uow.audit.write(
        actor=actor.name,
        action="post.published_now",
        object_kind="post",
        object_id=post.id,
        details={"at": at.isoformat(), "content_hash": post.content_hash},
    )
    return scheduled
