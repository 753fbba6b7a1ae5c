"""What can be done with a case: its words, who may, and when it is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.console.cases.record_deeds import (
    RECORD_DEEDS,
    of_answer,
    of_application,
    of_care,
    of_keeping,
)
from bot.console.deeds import Deed
from bot.domain.cases.case import CASE_MOVES, Case, CaseState
from bot.domain.cases.disclosure import Application
from bot.domain.ids import DepartmentId
from bot.domain.permissions import Actor, Permission

_P, _S = Permission, CaseState

DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "confirm",
            "确认类别",
            _P.HANDLE_CASES,
            "类别和期限不变，不再标为建议",
            done="类别已确认",
        ),
        Deed(
            "assign",
            "交办",
            _P.HANDLE_CASES,
            "部门联络员会在“今日”看到，须签收；期限照常计算",
            asks="department",
            done="已交办，等待部门签收",
        ),
        Deed(
            "accept",
            "签收",
            _P.HANDLE_OWN_CASES,
            "由本部门承办，您成为承办人；期限照常计算",
            done="已签收，请在期限前答复",
        ),
        Deed(
            "draft",
            "起草答复",
            _P.HANDLE_OWN_CASES,
            "同事会看到您正在办理，避免两人同时答复",
        ),
        Deed(
            "answer",
            "答复",
            _P.HANDLE_OWN_CASES,
            "平台上的答复 15 秒后发出，之前可以撤销；期限停止计算",
            asks="answer",
        ),
        Deed(
            "approve",
            "通过并答复",
            _P.APPROVE_ANSWER,
            "按您看到的内容发出，平台上的 15 秒内可以撤销；期限停止计算",
            done="审核通过，答复正在送达",
        ),
        Deed(
            "send-back",
            "退回修改",
            _P.APPROVE_ANSWER,
            "退给起草人，内容保留；期限照常计算",
            asks="reason",
            done="已退给起草人修改",
        ),
        Deed(
            "close",
            "办结",
            _P.HANDLE_CASES,
            "答复已解决问题，归入已办结",
            asks="note?",
            done="已办结",
        ),
        Deed(
            "reopen",
            "重新办理",
            _P.HANDLE_CASES,
            "答复没有解决问题；从现在起重新计算期限",
            asks="reason",
            done="已重新办理，请交办部门",
        ),
        Deed(
            "return",
            "退回转办",
            _P.HANDLE_OWN_CASES,
            "不属于本部门职责，退给留言专员另行转办；期限照常计算",
            asks="reason",
            done="已退回，由留言专员另行转办",
        ),
        Deed(
            "remind",
            "催办",
            _P.HANDLE_CASES,
            "提醒承办部门加快办理，记入经过",
            asks="note?",
            done="已催办，记入经过",
        ),
        Deed(
            "supervise",
            "督办",
            _P.SUPERVISE,
            "列为督办件，记入经过",
            asks="note?",
            done="已列为督办，记入经过",
        ),
        Deed(
            "classify",
            "更改类别",
            _P.HANDLE_CASES,
            "期限按新类别的规则，从收到之日起重新计算",
            asks="class",
            done="类别已改，期限按新类别计算",
        ),
        Deed(
            "merge",
            "合并",
            _P.HANDLE_CASES,
            "并入另一件一起办理，不能恢复；凭原受理编号仍可查询",
            asks="into",
            done="已并入另一件",
            is_grave=True,
        ),
        Deed(
            "withdraw",
            "撤销",
            _P.HANDLE_CASES,
            "来信人撤回或误开；不再办理，不能恢复",
            asks="reason",
            done="已撤销，不再办理",
            is_grave=True,
        ),
    )
} | dict(RECORD_DEEDS)
TRANSFER = replace(
    DEEDS["assign"],
    label="转办",
    consequence="改由另一部门承办，须重新签收；期限照常计算",
    done="已转办，等待部门签收",
)
SUBMIT = replace(
    DEEDS["answer"],
    label="提交审核",
    consequence="由另一人审核通过后发出；审核人不能是起草人本人",
)


FIRST = replace(
    DEEDS["approve"],
    label="通过（第一位）",
    consequence="敏感件须两人通过；第二位通过、保密审查也通过以后才发出",
    done="已通过，还须另一位审核人通过",
)
SECOND = replace(DEEDS["approve"], label="通过并答复（第二位）")


@dataclass(frozen=True)
class Standing:
    """A case as somebody looks at it. `department` is theirs, `writes` whether they have begun to
    write an answer, `is_public` whether everybody may read its answer, `can_take_back` that the
    answer has not left yet."""

    case: Case
    actor: Actor
    department: DepartmentId | None
    writes: bool = False
    application: Application | None = None
    is_public: bool = False
    can_take_back: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether they may do this with the case: any, or only those of their own department."""
        if permission is not Permission.HANDLE_OWN_CASES:
            return self.actor.may(permission)
        if self.actor.may(Permission.HANDLE_CASES):
            return True
        is_theirs = self.department is not None and self.case.department == self.department
        return is_theirs and self.actor.may(permission)


def offered(it: Standing) -> Sequence[Deed]:
    """What this person can do with the case now, the likeliest first."""
    return [_worded(DEEDS[name], it) for name in _possible(it) if _allows(it, name)]


def _allows(it: Standing, name: str) -> bool:
    draft = it.case.draft
    if name in {"approve", "check-secrecy"} and draft and draft.by == it.actor.name:
        return False
    if name == "approve" and draft and it.actor.name in draft.approved_by:
        return False
    if name == "mark-sensitive" and (
        it.may(Permission.SUPERVISE) or it.may(Permission.APPROVE_ANSWER)
    ):
        return True
    if name == "take-back" and it.may(Permission.APPROVE_ANSWER):
        return True
    if name in {"remind", "hold"} and it.may(Permission.SUPERVISE):
        return True
    return it.may(DEEDS[name].permission)


_NEXT: Mapping[CaseState, Sequence[str]] = {
    _S.RECEIVED: ("assign", "draft"),
    _S.RETURNED: ("assign", "draft"),
    _S.REOPENED: ("assign", "draft"),
    _S.ASSIGNED: ("accept", "draft", "assign", "return"),
    _S.ANSWERING: ("draft", "assign", "return"),
    _S.IN_REVIEW: ("approve", "send-back"),
    _S.ANSWERED: ("close", "reopen"),
    _S.CLOSED: ("reopen",),
}


_ENDS = {"merge": _S.MERGED, "withdraw": _S.WITHDRAWN}


def _possible(it: Standing) -> Sequence[str]:
    case = it.case
    names = [*_NEXT.get(case.state, ())]
    if "accept" in names and it.department != case.department:
        # The desk may sign for a department, but it is not what it is there for.
        names = ["draft", "assign", "accept", "return"]
    if it.writes and "draft" in names:
        names.remove("draft")
        names.insert(0, "answer")
    if case.is_running:
        confirming = ["confirm"] if case.suggested else []
        record = of_application(case, it.application)
        checking = ["check-secrecy"] if case.state is _S.IN_REVIEW and case.care else []
        rest = ["remind", "supervise", "classify", *of_care(case)]
        names = [*confirming, *checking, *names, *record, *rest]
    answer = of_answer(case, is_public=it.is_public, can_take_back=it.can_take_back)
    names = [*answer[:1], *names, *answer[1:]] if it.can_take_back else [*names, *answer]
    ends = CASE_MOVES.get(case.state, frozenset())
    return [*names, *of_keeping(case), *(name for name, end in _ENDS.items() if end in ends)]


def _worded(deed: Deed, it: Standing) -> Deed:
    if deed.name == "assign" and it.case.department is not None:
        return TRANSFER
    if deed.name == "answer" and (it.case.deadline.needs_review or it.case.care):
        return SUBMIT
    if deed.name == "approve" and it.case.care and it.case.draft:
        return SECOND if it.case.draft.approved_by else FIRST
    return deed
