"""Plan an approved release: one rollout, a rendered post an account, scheduled where allowed."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.accounts.account import Account
from bot.domain.ids import AccountId, PostId, ReleaseId, RolloutId
from bot.domain.permissions import SYSTEM
from bot.domain.posts.draft import Draft
from bot.domain.posts.edits import UNEDITED, Edits
from bot.domain.posts.post import Post, PostKind, PostState
from bot.domain.posts.review import ONE_STEP, PostApproval, stricter
from bot.domain.posts.rollout import Rollout, RolloutPolicy, RolloutState
from bot.domain.posts.rules import DEFAULT_TEMPLATE, PlannedPost, plan_posts
from bot.domain.publishing.delivery import may_be_public
from bot.domain.releases.fast_lane import EMERGENCY_TEMPLATE
from bot.domain.releases.related import (
    LiveArticle,
    added_interpretations,
    with_interpretations,
)
from bot.domain.releases.release import Release, ReleaseContent, ReleaseState
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.carry_edits import draw_carried
from bot.usecases.posts.find_beside import find_beside, is_live, live_articles
from bot.usecases.posts.hold_posts import cancel_post_within, may_stop
from bot.usecases.posts.schedule_post import refused_by_calendar, schedule_within
from bot.usecases.posts.tools import PostTools

_WITH_INTERPRETATIONS = frozenset({PostKind.BUNDLE, PostKind.INTERPRETATION})
PLANNABLE = frozenset({ReleaseState.APPROVED, ReleaseState.RELEASED})


@dataclass(frozen=True)
class _Order:
    """A post to draw: usually the whole release as the rule wants it; on an account where the
    document is out already, only the interpretations it has got since (`told`, by number).
    `before` is the post of an earlier version that somebody had edited and that never went out.
    What `corrects` a public post is read by a second person, whatever the rule says."""

    planned: PlannedPost
    account: Account
    kind: PostKind
    template: str
    release: Release
    live: tuple[LiveArticle, ...]
    told: tuple[int, ...] | None = None
    before: Post | None = None
    corrects: bool = False


@dataclass(frozen=True)
class _Rendered:
    order: _Order
    draft: Draft
    edits: Edits = UNEDITED


def plan_release(release_id: ReleaseId, tools: PostTools) -> RolloutId | None:
    """Make the rollout of the newest version, unless it has one; returns its id.

    An account on which an earlier version went out, or may have, gets no second post by itself:
    a person decides about corrections. A version that says what it corrects (更正说明) is such a
    decision: where the document is live, a post with these words is made for review.
    Interpretations that were only added are no correction:
    they follow as a post of their own, which links the document's live article. Without a
    matching rule the rollout stays empty, and the coverage report shows the gap.

    Of an emergency every post is a short notice that goes out as soon as it is ready, after a
    second person's review: no rule does away with that.
    """
    with tools.storage.begin() as uow:
        release = uow.releases.get(release_id)
        if release.state not in PLANNABLE or _has_rollout(uow, release):
            return None
        accounts = {account.id: account for account in uow.accounts.all()}
        out = _out_on(uow, release, tools)
        wanted = plan_posts(release, uow.rules.all(), accounts.values(), now=uow.now())
        found = (_order(uow, release, p, accounts[p.account], out.get(p.account)) for p in wanted)
        orders = [order for order in found if order]
    rendered = [_Rendered(order, *_drawn(order, tools)) for order in orders]
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


@dataclass(frozen=True)
class _Out:
    """The newest version that went out on an account, or may have; whether it is known live."""

    version: int
    is_live: bool


def _out_on(uow: UnitOfWork, release: Release, tools: PostTools) -> dict[AccountId, _Out]:
    out: dict[AccountId, _Out] = {}
    for post in sorted(uow.posts.of_release(release.id), key=lambda post: post.release_version):
        account = uow.accounts.get(post.account)
        route = tools.adapters[account.platform].route(account)
        sent = [d for d in uow.deliveries.of_post(post.id) if may_be_public(d, route)]
        if sent:
            out[post.account] = _Out(post.release_version, any(map(is_live, sent)))
    return out


def _order(
    uow: UnitOfWork, release: Release, planned: PlannedPost, account: Account, out: _Out | None
) -> _Order | None:
    """What to draw for a planned post; None when a person has to decide."""
    rule, live = planned.rule, live_articles(uow, release, account)
    if out is None and release.is_emergency:
        return _Order(planned, account, PostKind.NOTICE, EMERGENCY_TEMPLATE, release, live)
    if out is None:
        edited = _edited_before(uow, release, account, rule.kind)
        return _Order(planned, account, rule.kind, rule.template, release, live, before=edited)
    if not out.is_live:
        return None
    before = uow.releases.get(release.id, version=out.version).content
    if rule.kind is not PostKind.INTERPRETATION and _corrects(before, release.content):
        return _Order(planned, account, rule.kind, rule.template, release, live, corrects=True)
    if rule.kind not in _WITH_INTERPRETATIONS:
        return None
    added = added_interpretations(before, release.content)
    if not added:
        return None
    told = tuple(map(release.content.interpretations.index, added))
    only = with_interpretations(release, told)
    return _Order(planned, account, PostKind.INTERPRETATION, DEFAULT_TEMPLATE, only, live, told)


def _corrects(before: ReleaseContent, now: ReleaseContent) -> bool:
    """Whether a version says what it corrects, and nobody has read that yet."""
    return now.correction is not None and now.correction != before.correction


def _edited_before(
    uow: UnitOfWork, release: Release, account: Account, kind: PostKind
) -> Post | None:
    """The newest post of an earlier version that waits to be cancelled and was edited."""
    found = [
        post
        for post in uow.posts.of_release(release.id)
        if (post.account, post.kind) == (account.id, kind)
        and _gives_way(uow, post, release)
        and post.edits
    ]
    return max(found, key=lambda post: post.release_version, default=None)


def _drawn(order: _Order, tools: PostTools) -> tuple[Draft, Edits]:
    beside = find_beside(order.release, order.account, live=order.live, search=tools.search)
    return draw_carried(
        order.release,
        order.account,
        order.before.edits if order.before else UNEDITED,
        kind=order.kind,
        template=order.template,
        tools=tools,
        beside=beside,
    )


def _cancel_held_posts_of_earlier_versions(uow: UnitOfWork, release: Release) -> None:
    for post in uow.posts.of_release(release.id):
        if _gives_way(uow, post, release):
            cancel_post_within(uow, post)


def _gives_way(uow: UnitOfWork, post: Post, release: Release) -> bool:
    is_older = post.release_version < release.version
    return is_older and post.state is PostState.HELD and may_stop(uow, post)


def _rollout(
    release: Release, rendered: list[_Rendered], tools: PostTools, now: datetime
) -> Rollout:
    policies = {item.order.planned.rule.policy for item in rendered}
    together = RolloutPolicy.ALL_OR_NOTHING in policies and not release.is_emergency
    return Rollout(
        id=RolloutId(tools.ids.new("rol")),
        release=release.id,
        release_version=release.version,
        policy=RolloutPolicy.ALL_OR_NOTHING if together else RolloutPolicy.AS_READY,
        state=RolloutState.PLANNED,
        due_at=min((item.order.planned.due_at for item in rendered), default=None),
        created_at=now,
    )


_CARRIED = "政策有了新版本，原来的改动已尽量带入；请核对预览和排版说明后再提交"


def _add_post(
    uow: UnitOfWork, release: Release, rollout: Rollout, item: _Rendered, tools: PostTools
) -> None:
    planned, draft = item.order.planned, item.draft
    review = stricter(planned.rule.approval, item.order.account.least_review)
    post = Post(
        id=PostId(tools.ids.new("pst")),
        rollout=rollout.id,
        release=release.id,
        release_version=release.version,
        account=planned.account,
        kind=item.order.kind,
        template=item.order.template,
        revision=1,
        draft=draft,
        state=PostState.IN_REVIEW if draft.is_sendable else PostState.DRAFT,
        due_at=planned.due_at,
        submitted_by=SYSTEM.name,
        emergency=release.is_emergency,
        edits=item.edits,
        told=item.order.told,
        # 应急: one reading by a second person, beside the release's own approval.
        steps=ONE_STEP if release.is_emergency else review.steps or ONE_STEP,
    )
    before = item.order.before
    if before is not None:
        # What somebody changed by hand waits for them, and then for a second person.
        carried = replace(post, hands=before.hands, keeper=before.keeper, hold_reason=_CARRIED)
        uow.posts.add(replace(carried, state=PostState.DRAFT, submitted_by=None))
        return
    covers = review is PostApproval.RELEASE and not release.is_emergency
    approval = release.approval if covers else None
    must_be_read = release.needs_a_look or item.order.corrects
    if approval is None or not draft.is_sendable or must_be_read:
        uow.posts.add(post)
        return
    approved = replace(
        post,
        state=PostState.APPROVED,
        steps=(),
        approved_hash=post.content_hash,
        approved_by=approval.by,
    )
    refusal = refused_by_calendar(uow, approved, planned.due_at)
    uow.posts.add(replace(approved, hold_reason=refusal or ""))
    if refusal is None:
        schedule_within(uow, approved, planned.due_at, ids=tools.ids)
