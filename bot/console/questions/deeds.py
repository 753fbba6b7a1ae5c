"""What can be done with a question that many ask, and with a demand: words, and who may."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.console.deeds import Deed
from bot.domain.permissions import Actor, Permission
from bot.domain.questions.demand import DEMAND_MOVES, DemandState
from bot.domain.questions.group import GroupState, QuestionGroup

_P = Permission

DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "confirm",
            "确认问的是同一件事",
            _P.HANDLE_CASES,
            "确认后，统一答复会发给他们",
            done="已确认，统一答复会发给他们",
        ),
        Deed(
            "take-out",
            "移出这一组",
            _P.HANDLE_CASES,
            "问的是别的事，不再建议放进这一组",
            done="已移出，不再建议放进这一组",
        ),
        Deed(
            "split",
            "另立一组",
            _P.HANDLE_CASES,
            "选中的留言另成一组提问，单独答复",
            done="已另立一组，请核对后答复",
        ),
        Deed(
            "name",
            "保存名称",
            _P.HANDLE_CASES,
            "只给同事看，也用来查找有没有公开的文件",
            asks="name",
            done="名称已保存",
        ),
        Deed(
            "answer",
            "全部答复",
            _P.HANDLE_CASES,
            "15 秒后开始逐条发给已确认的留言，之前可以撤销；有办理件的同时答复办理件",
            asks="text",
            done="15 秒后开始逐条答复，之前可以撤销；结果会显示在每条留言旁",
        ),
        Deed(
            "approve",
            "通过并全部答复",
            _P.APPROVE_ANSWER,
            "15 秒后按您看到的内容逐条发给已确认的留言，之前可以撤销",
            done="审核通过，15 秒后开始逐条答复，之前可以撤销",
        ),
        Deed(
            "take-back",
            "撤销",
            _P.HANDLE_CASES,
            "还没有发出；撤销后谁也收不到，内容保留",
            done="已撤销，没有发出；内容还在，可以改好再答复",
        ),
        Deed(
            "send-back",
            "退回修改",
            _P.APPROVE_ANSWER,
            "退给起草人，内容保留；成员可以再调整",
            asks="reason",
            done="已退给起草人修改",
        ),
        Deed(
            "join",
            "并入另一组",
            _P.HANDLE_CASES,
            "两组问的是同一件事，留言全部移到另一组",
            asks="into",
            done="已并入这一组",
            is_grave=True,
        ),
    )
}
SORTING = ("confirm", "take-out", "split")
"""Deeds upon chosen replies."""

_OFFERED: Mapping[GroupState, Sequence[str]] = {
    GroupState.OPEN: ("answer", "name", "join"),
    GroupState.IN_REVIEW: ("approve", "send-back"),
}

DEMAND_DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "transfer",
            "转起草部门",
            _P.HANDLE_CASES,
            "建议该部门补充解读或者公开",
            asks="department",
            done="已转起草部门",
        ),
        Deed(
            "publish",
            "登记已发布",
            _P.HANDLE_CASES,
            "这份已发布的政策或解读回答了大家的提问",
            asks="release",
            done="已登记，大家关心的内容已经发布",
        ),
        Deed(
            "decline",
            "不予公开",
            _P.APPROVE_ANSWER,
            "写明理由和依据，记入经过",
            asks="reason",
            done="已登记不予公开和理由",
            is_grave=True,
        ),
        Deed(
            "reopen",
            "重新处理",
            _P.HANDLE_CASES,
            "已经做的没有回答大家的提问",
            done="已重新列为待处理",
        ),
    )
}
_LEADS_TO = {
    "transfer": DemandState.TRANSFERRED,
    "publish": DemandState.PUBLISHED,
    "decline": DemandState.DECLINED,
    "reopen": DemandState.PENDING,
}


def offered(group: QuestionGroup, actor: Actor, now: datetime) -> Sequence[Deed]:
    """What this person can do with the group as a whole now, the likeliest first."""
    names = _OFFERED.get(group.state, ())
    if group.can_be_taken_back(now):
        sends = actor.may(_P.HANDLE_CASES) or actor.may(_P.APPROVE_ANSWER)
        return [DEEDS["take-back"]] if sends else []
    wrote = group.answer is not None and group.answer.by == actor.name
    deeds = [DEEDS[name] for name in names if actor.may(DEEDS[name].permission)]
    return [deed for deed in deeds if not (deed.name == "approve" and wrote)]


def sorting(group: QuestionGroup, actor: Actor) -> Sequence[Deed]:
    """What this person can do with chosen replies of the group."""
    is_open = group.state is GroupState.OPEN
    return [DEEDS[n] for n in SORTING if is_open and actor.may(DEEDS[n].permission)]


def demand_deeds(state: DemandState, actor: Actor) -> Sequence[Deed]:
    """What this person can do with a demand in this state."""
    names = [name for name, to in _LEADS_TO.items() if to in DEMAND_MOVES[state]]
    deeds = [DEMAND_DEEDS[name] for name in names if actor.may(DEMAND_DEEDS[name].permission)]
    if state is DemandState.TRANSFERRED:
        again = replace(DEMAND_DEEDS["transfer"], label="改转其他部门")
        return [again if deed.name == "transfer" else deed for deed in deeds]
    return deeds
