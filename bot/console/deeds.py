"""What can be done with a post: its words, who may, and when it is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import ContentRejected
from bot.domain.permissions import STEP_PERMISSIONS, Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.publishing.delivery import Delivery, DeliveryState


@dataclass(frozen=True)
class Deed:
    """One action. `consequence` is written beside its button; `asks` names the field it needs."""

    name: str
    label: str
    permission: Permission
    consequence: str
    asks: str = ""
    done: str = ""
    is_grave: bool = False


_P = Permission

DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "retitle",
            "保存标题",
            _P.WRITE_POST,
            "保存后是新一稿，须重新复审和定时",
            asks="title",
            done="标题已改，稿件成为新一稿草稿；请核对预览后提交复审",
        ),
        Deed(
            "compose",
            "写稿",
            _P.WRITE_POST,
            "对照原文改字段和段落；保存后是新一稿，须重新审核",
        ),
        Deed(
            "submit",
            "提交复审",
            _P.WRITE_POST,
            "交给审核人；审核人不能是提交人本人",
            done="已提交复审，审核人会在“今日”看到这篇稿件",
        ),
        Deed(
            "approve",
            "通过",
            _P.APPROVE_POST,
            "批准您现在看到的内容；之后再改动，批准自动失效",
            done="已通过；全部步骤通过以后请定时",
        ),
        Deed(
            "return",
            "退回修改",
            _P.APPROVE_POST,
            "退回给撰稿人，请写明原因；改好后重新复审、定时",
            asks="reason",
            done="已退回撰稿人，改好并重新通过复审之前不会发出",
        ),
        Deed(
            "schedule",
            "定时",
            _P.SCHEDULE,
            "到时间自动发布；素材提前 10 分钟准备",
            asks="at",
            done="已定时，可在“今日”的“即将发布”看到",
        ),
        Deed(
            "hold",
            "暂停",
            _P.SCHEDULE,
            "到时间也不会发出，可随时恢复；已经提交给平台的会继续走完",
            asks="reason?",
            done="已暂停，到时间不会发出",
        ),
        Deed(
            "resume",
            "恢复",
            _P.SCHEDULE,
            "回到暂停前的状态；已过发布时间的会立即发出",
            done="已恢复",
        ),
        Deed(
            "retry",
            "重新发布",
            _P.RESOLVE_DELIVERY,
            "请先到平台上确认没有这篇稿件；如果已经发出，再发会重复",
            done="已安排重新发布，结果会显示在本页",
            is_grave=True,
        ),
        Deed(
            "adopt",
            "已人工发布",
            _P.RESOLVE_DELIVERY,
            "登记平台上的链接，系统不再发送这篇稿件",
            asks="url",
            done="已登记为人工发布，系统不会再发送",
        ),
        Deed(
            "cancel",
            "取消",
            _P.WITHDRAW,
            "这个账号不再发布这篇稿件，不能恢复",
            asks="reason?",
            done="已取消，这篇稿件不会发出",
            is_grave=True,
        ),
    )
}

_UNTOUCHED = frozenset({DeliveryState.WAITING, DeliveryState.DUE})
_STUCK = frozenset({DeliveryState.HELD, DeliveryState.UNKNOWN})
_ADOPTABLE = _STUCK | _UNTOUCHED | {DeliveryState.AWAITING_PERSON, DeliveryState.AWAITING_PLATFORM}
_LOOK_FIRST = "请先到平台上确认没有这篇稿件；"


@dataclass(frozen=True)
class Standing:
    """A post with the delivery of its present revision. `can_return` says that nothing of it is
    under way and certainly nothing is public."""

    post: Post
    delivery: Delivery | None
    can_return: bool

    @property
    def state(self) -> DeliveryState | None:
        """Where the delivery stands; None without one."""
        return self.delivery.state if self.delivery else None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has been sent yet."""
        return self.state is None or self.state in _UNTOUCHED

    @property
    def is_rejected(self) -> bool:
        """Whether the platform refused the content itself: trying again as it is helps little."""
        entries = self.delivery.journal.entries if self.delivery else ()
        failures = [e.failure.error for e in entries if e.failure is not None]
        return bool(failures) and failures[-1] == ContentRejected.__name__


def offered(standing: Standing, actor: Actor) -> Sequence[Deed]:
    """What this person can do with the post now, the likeliest first."""
    deeds = [_worded(DEEDS[name], standing) for name in _possible(standing)]
    return [
        deed
        for deed in deeds
        if actor.may(deed.permission)
        and not (deed.name == "approve" and not _may_take(standing.post, actor))
    ]


def _may_take(post: Post, actor: Actor) -> bool:
    step = post.next_step
    return (
        step is not None and actor.may(STEP_PERMISSIONS[step]) and actor.name not in post.involved
    )


def _possible(it: Standing) -> list[str]:
    names = [*_of_post(it)]
    if it.state in _ADOPTABLE:
        names.insert(0 if _is_doubtful(it) else len(names), "adopt")
    if it.post.state in POST_MOVES and (it.is_untouched or it.state is DeliveryState.HELD):
        names.append("cancel")
    if it.can_return and it.post.state in POST_MOVES and it.post.draft.content.articles:
        names.append("retitle")
    if it.can_return and it.post.state in POST_MOVES:
        names.append("compose")
    return names


def _of_post(it: Standing) -> Sequence[str]:
    back = ["return"] if it.can_return else []
    match it.post.state:
        case PostState.DRAFT:
            return ["submit"]
        case PostState.IN_REVIEW:
            return ["approve", "return", "hold"]
        case PostState.APPROVED:
            return ["schedule", "return", "hold"] if it.post.is_approved_as_is else ["return"]
        case PostState.SCHEDULED if it.is_untouched:
            return ["schedule", "hold", *back]
        case PostState.SCHEDULED if it.state in _STUCK:
            return _of_stuck(it, back)
        case PostState.HELD:
            may_resume = it.post.held_from not in _APPROVED or it.post.is_approved_as_is
            return ["resume", *back] if may_resume else back
        case _:
            return []


_APPROVED = {PostState.APPROVED, PostState.SCHEDULED}
"""Where a held post returns to only while its approval holds."""


def _of_stuck(it: Standing, back: Sequence[str]) -> Sequence[str]:
    if _is_doubtful(it):
        return ["retry"]
    if it.is_rejected:
        return [*back, "retry"]
    was_tried = it.delivery is not None and any(e.failure for e in it.delivery.journal.entries)
    return ["retry", *back] if was_tried else ["schedule", "retry", *back]


def _is_doubtful(it: Standing) -> bool:
    return it.state in _STUCK and not it.can_return


def _worded(deed: Deed, it: Standing) -> Deed:
    """The consequence depends on whether something may be public."""
    if deed.name == "retry" and not _is_doubtful(it):
        said = "这篇稿件确定没有发出；按原样马上再发一次"
        return replace(deed, consequence=said, is_grave=False)
    if deed.name == "cancel" and _is_doubtful(it):
        return replace(deed, consequence=_LOOK_FIRST + deed.consequence)
    return deed
