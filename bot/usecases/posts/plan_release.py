"""Plan an approved release: one rollout, a rendered post an account, scheduled where allowed."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.ids import AccountId, PostId, ReleaseId, RolloutId
from bot.domain.permissions import SYSTEM
from bot.domain.posts.draft import Draft
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.rollout import Rollout, RolloutPolicy, RolloutState
from bot.domain.posts.rules import PlannedPost, PostApproval, plan_posts
from bot.domain.publishing.delivery import may_be_public
from bot.domain.releases.release import Release, ReleaseState
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.hold_posts import cancel_post_within, may_stop
from bot.usecases.posts.render_draft import render_draft
from bot.usecases.posts.schedule_post import schedule_within
from bot.usecases.posts.tools import PostTools

PLANNABLE = frozenset({ReleaseState.APPROVED, ReleaseState.RELEASED})


@dataclass(frozen=True)
class _Rendered:
    planned: PlannedPost
    draft: Draft


def plan_release(release_id: ReleaseId, tools: PostTools) -> RolloutId | None:
    """Make the rollout of the newest version, unless it has one; returns its id.

    An account on which an earlier version went out, or may have, gets no second post by itself:
    a person decides about corrections. Without a matching rule the rollout stays empty, and the
    coverage report shows the gap.
    """
    with tools.storage.begin() as uow:
        release = uow.releases.get(release_id)
        if release.state not in PLANNABLE or _has_rollout(uow, release):
            return None
        taken = _accounts_with_earlier_versions(uow, release, tools)
        accounts = {account.id: account for account in uow.accounts.all()}
        wanted = plan_posts(release, uow.rules.all(), accounts.values(), now=uow.now())
    planned = [post for post in wanted if post.account not in taken]
    rendered = [
        _Rendered(
            post,
            render_draft(
                release,
                accounts[post.account],
                kind=post.rule.kind,
                template=post.rule.template,
                tools=tools,
            ),
        )
        for post in planned
    ]
    return _store(release, rendered, tools)


def _store(release: Release, rendered: list[_Rendered], tools: PostTools) -> RolloutId | None:
    with tools.storage.begin() as uow:
        current = uow.releases.get(release.id)
        if current.version != release.version or current.state not in PLANNABLE:
            return None
        if _has_rollout(uow, current):
            return None
        _cancel_held_posts_of_earlier_versions(uow, current)
        rollout = _rollout(current, rendered, tools, uow.now())
        uow.posts.add_rollout(rollout)
        for item in rendered:
            _add_post(uow, current, rollout, item, tools)
        uow.audit.write(
            actor=SYSTEM.name,
            action="rollout.planned",
            object_kind="rollout",
            object_id=rollout.id,
            details={"release": release.id, "posts": str(len(rendered))},
        )
        uow.commit()
    return rollout.id


def _has_rollout(uow: UnitOfWork, release: Release) -> bool:
    rollouts = uow.posts.rollouts_of(release.id)
    return any(rollout.release_version == release.version for rollout in rollouts)


def _accounts_with_earlier_versions(
    uow: UnitOfWork, release: Release, tools: PostTools
) -> frozenset[AccountId]:
    out: set[AccountId] = set()
    for post in uow.posts.of_release(release.id):
        account = uow.accounts.get(post.account)
        route = tools.adapters[account.platform].route(account)
        if any(may_be_public(d, route) for d in uow.deliveries.of_post(post.id)):
            out.add(post.account)
    return frozenset(out)


def _cancel_held_posts_of_earlier_versions(uow: UnitOfWork, release: Release) -> None:
    for post in uow.posts.of_release(release.id):
        is_older = post.release_version < release.version
        if is_older and post.state is PostState.HELD and may_stop(uow, post):
            cancel_post_within(uow, post)


def _rollout(
    release: Release, rendered: list[_Rendered], tools: PostTools, now: datetime
) -> Rollout:
    policies = {item.planned.rule.policy for item in rendered}
    together = RolloutPolicy.ALL_OR_NOTHING in policies
    return Rollout(
        id=RolloutId(tools.ids.new("rol")),
        release=release.id,
        release_version=release.version,
        policy=RolloutPolicy.ALL_OR_NOTHING if together else RolloutPolicy.AS_READY,
        state=RolloutState.PLANNED,
        due_at=min((item.planned.due_at for item in rendered), default=None),
        created_at=now,
    )


def _add_post(
    uow: UnitOfWork, release: Release, rollout: Rollout, item: _Rendered, tools: PostTools
) -> None:
    rule, draft = item.planned.rule, item.draft
    post = Post(
        id=PostId(tools.ids.new("pst")),
        rollout=rollout.id,
        release=release.id,
        release_version=release.version,
        account=item.planned.account,
        kind=rule.kind,
        template=rule.template,
        revision=1,
        draft=draft,
        state=PostState.IN_REVIEW if draft.is_sendable else PostState.DRAFT,
        due_at=item.planned.due_at,
        submitted_by=SYSTEM.name,
    )
    approval = release.approval if rule.approval is PostApproval.RELEASE else None
    if approval is None or not draft.is_sendable or release.needs_a_look:
        uow.posts.add(post)
        return
    approved = replace(
        post,
        state=PostState.APPROVED,
        approved_hash=post.content_hash,
        approved_by=approval.by,
    )
    uow.posts.add(approved)
    schedule_within(uow, approved, item.planned.due_at, ids=tools.ids)
