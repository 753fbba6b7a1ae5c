"""What can be done with a post: its words, who may, and when it is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.permissions import Actor, Permission
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
            done="已通过审核，接下来请定时",
        ),
        Deed(
            "return",
            "退回",
            _P.APPROVE_POST,
            "退回给撰稿人修改，请写明原因",
            asks="reason",
            done="已退回撰稿人",
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


def offered(post: Post, delivery: Delivery | None, actor: Actor) -> Sequence[Deed]:
    """What this person can do with the post now, the likeliest first."""
    names = _possible(post, delivery.state if delivery else None)
    deeds = [DEEDS[name] for name in names]
    return [
        deed
        for deed in deeds
        if actor.may(deed.permission)
        and not (deed.name == "approve" and post.submitted_by == actor.name)
    ]


def _possible(post: Post, delivery: DeliveryState | None) -> list[str]:
    untouched = delivery is None or delivery in _UNTOUCHED
    names: list[str] = []
    match post.state:
        case PostState.DRAFT:
            names += ["submit"]
        case PostState.IN_REVIEW:
            names += ["approve", "return", "hold"]
        case PostState.APPROVED:
            names += ["schedule", "return", "hold"] if post.is_approved_as_is else ["return"]
        case PostState.SCHEDULED if untouched:
            names += ["schedule", "hold"]
        case PostState.SCHEDULED if delivery in _STUCK:
            names += ["retry"]
        case PostState.HELD:
            names += ["resume"]
    if delivery in _ADOPTABLE:
        names += ["adopt"]
    if post.state in POST_MOVES and (untouched or delivery is DeliveryState.HELD):
        names += ["cancel"]
    return names
