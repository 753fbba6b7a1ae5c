"""What forbids an accepting step at the last moment: pure, from what the database says now."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.posts.post import IfLate, PostState
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.quiet import QUIET_WORDS, AtEnd, QuietPeriod, kept_until, last_ended
from bot.domain.publishing.route import StepRole
from bot.domain.releases.release import ReleaseState

TOLERATED_LATENESS = timedelta(seconds=60)
"""A post that must not be late may still be this much behind its time."""

LOOK_AGAIN_SECONDS = 10

_LOOK_AT_THE_DRAFT = "请到平台后台查看：已发布请登记链接，未发布请不要再发布"
_LOOK_AT_THE_POST = "请到平台后台查看：已发出请登记链接，未发出请按上述原因处理"


def is_stopped(c: Circumstances) -> bool:
    """Whether an emergency stop covers this delivery."""
    return c.everything_stopped or c.account.stopped


def quiet_now(c: Circumstances) -> QuietPeriod | None:
    """The quiet period that keeps this post now; an emergency is kept by none."""
    return None if c.post.emergency else kept_until(c.quiet_periods, c.now)


def after_quiet(c: Circumstances) -> str | None:
    """Why a post that a quiet period kept is held at its end; None when it may go out."""
    kept = _kept_before(c)
    if kept is None or kept.at_end is AtEnd.PUBLISH:
        return None
    advice = "稿件没有发出；请确认内容仍然合适，再重新定时或立即发布"
    return f"{QUIET_WORDS}（{kept.reason}）已结束，{advice}"


def _kept_before(c: Circumstances) -> QuietPeriod | None:
    if c.post.emergency:
        return None
    return last_ended(c.quiet_periods, due_at=c.delivery.due_at, now=c.now)


@dataclass(frozen=True)
class Objection:
    """Why a delivery may not go on without a person: the cause, and what is said of it while
    certainly nothing is out."""

    cause: str
    when_not_out: str

    def told(self, role: StepRole, *, perhaps_out: bool) -> str:
        """The reason to hold at a step of this role; it never says that nothing is out while
        something may be."""
        if not perhaps_out:
            return self.when_not_out
        if role is StepRole.AWAIT_PERSON:
            return f"草稿已送到平台后台，可能已有人发布：{self.cause}。{_LOOK_AT_THE_DRAFT}"
        return f"不能确定稿件是否已经发出，不会再自动发送：{self.cause}。{_LOOK_AT_THE_POST}"


def why_not(c: Circumstances) -> Objection | None:
    """What speaks against going on; None when nothing does."""
    if c.post.state is not PostState.SCHEDULED:
        said = c.post.hold_reason
        return Objection(said, said) if said else _objection("稿件已不在“已定时”状态")
    if c.delivery.content_hash != c.post.content_hash or c.delivery.revision != c.post.revision:
        return _objection("稿件在定时之后被修改", "请重新提交审核并定时")
    if not c.post.is_approved_as_is:
        return _objection("稿件的批准已失效（内容与批准时不一致）", "请重新审核")
    if c.release.version != c.post.release_version:
        return _objection("政策已有新版本", "请按新版本重新生成")
    if c.release.state not in {ReleaseState.APPROVED, ReleaseState.RELEASED}:
        return _objection("政策未处于已批准状态")
    if not c.account.enabled:
        return _objection(f"账号“{c.account.name}”已停用")
    return None


def _objection(cause: str, advice: str = "") -> Objection:
    return Objection(cause, f"{cause}，稿件没有发出" + (f"；{advice}" if advice else ""))


def too_late(c: Circumstances) -> str | None:
    """Why a post found late is held instead of going out; None when it may still go."""
    kept = _kept_before(c)
    late_by = c.now - (max(c.delivery.due_at, kept.until) if kept else c.delivery.due_at)
    grace = timedelta(seconds=c.post.grace_seconds)
    allowed = grace if c.post.if_late is IfLate.PUBLISH else TOLERATED_LATENESS
    if late_by <= allowed:
        return None
    minutes = int(late_by.total_seconds() // 60)
    return f"已超过定时 {minutes} 分钟，超出允许的延迟，没有自动发出；请确认后重新定时或立即发布"
