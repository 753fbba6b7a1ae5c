"""What forbids an accepting step at the last moment: pure, from what the database says now."""

from datetime import timedelta

from bot.domain.posts.post import IfLate, PostState
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.releases.release import ReleaseState

TOLERATED_LATENESS = timedelta(seconds=60)
"""A post that must not be late may still be this much behind its time."""

LOOK_AGAIN_SECONDS = 10
TROUBLED_SECONDS = 60
"""How soon a post of an account in trouble looks again; the end of the trouble wakes it."""


def is_stopped(c: Circumstances) -> bool:
    """Whether an emergency stop covers this delivery."""
    return c.everything_stopped or c.account.stopped


def why_not(c: Circumstances) -> str | None:
    """Why this delivery may not go on without a person; None when nothing speaks against it."""
    if c.post.state is not PostState.SCHEDULED:
        return c.post.hold_reason or "稿件已不在“已定时”状态，没有发出"
    if c.delivery.content_hash != c.post.content_hash or c.delivery.revision != c.post.revision:
        return "稿件在定时之后被修改，没有发出；请重新提交审核并定时"
    if not c.post.is_approved_as_is:
        return "稿件的批准已失效（内容与批准时不一致），没有发出；请重新审核"
    if c.release.version != c.post.release_version:
        return "政策已有新版本，旧版本稿件没有发出；请按新版本重新生成"
    if c.release.state not in {ReleaseState.APPROVED, ReleaseState.RELEASED}:
        return "政策未处于已批准状态，稿件没有发出"
    if not c.account.enabled:
        return f"账号“{c.account.name}”已停用，稿件没有发出"
    return None


def too_late(c: Circumstances) -> str | None:
    """Why a post found late is held instead of going out; None when it may still go."""
    late_by = c.now - c.delivery.due_at
    grace = timedelta(seconds=c.post.grace_seconds)
    allowed = grace if c.post.if_late is IfLate.PUBLISH else TOLERATED_LATENESS
    if late_by <= allowed:
        return None
    minutes = int(late_by.total_seconds() // 60)
    return f"已超过定时 {minutes} 分钟，超出允许的延迟，没有自动发出；请确认后重新定时或立即发布"
