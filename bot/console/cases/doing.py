"""Carrying out what was decided on a case's page, by the version that was seen there."""

from collections.abc import Callable, Mapping

from bot.console.visit import Visit
from bot.domain.cases.case import Channel
from bot.domain.cases.names import CaseClass
from bot.domain.cases.receipts import number_of
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import CaseId, DepartmentId
from bot.domain.permissions import Permission
from bot.usecases.cases.accept_case import accept_case
from bot.usecases.cases.answer_case import (
    WrittenAnswer,
    answer_case,
    approve_answer,
    send_back_answer,
)
from bot.usecases.cases.assign_case import assign_case
from bot.usecases.cases.chase_case import remind, supervise
from bot.usecases.cases.claim_case import claim_case
from bot.usecases.cases.classify_case import classify_case
from bot.usecases.cases.end_case import close_case, withdraw_case
from bot.usecases.cases.merge_cases import merge_cases
from bot.usecases.cases.reopen_case import reopen_case
from bot.usecases.cases.return_case import return_case


def written(visit: Visit, field: str) -> str:
    """What was written into a field, without the browser's line ends and the blanks around."""
    return visit.fields.get(field, "").replace("\r\n", "\n").strip()


def class_in(visit: Visit) -> CaseClass:
    """The class that was chosen.

    Raises:
        InvalidInput: none was.
    """
    chosen = visit.fields.get("case_class", "")
    if chosen not in set(CaseClass):
        raise InvalidInput([Problem("case_class", "请选择类别")])
    return CaseClass(chosen)


def department_in(visit: Visit) -> DepartmentId | None:
    """The department that was chosen, if one was."""
    chosen = visit.fields.get("department", "")
    return DepartmentId(chosen) if chosen else None


def _seen(visit: Visit) -> int:
    """The version that was on the page; one that is none was never seen."""
    given = visit.fields.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def _classify(visit: Visit, case: CaseId) -> None:
    classify_case(
        case,
        class_in(visit),
        is_urgent=visit.fields.get("urgent") == "1",
        actor=visit.actor,
        tools=visit.tools.cases,
        seen=_seen(visit),
    )


def _assign(visit: Visit, case: CaseId) -> None:
    to = department_in(visit)
    if to is None:
        raise InvalidInput([Problem("department", "请选择承办部门")])
    note = written(visit, "note")
    assign_case(case, to, note=note, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))


def _accept(visit: Visit, case: CaseId) -> None:
    accept_case(case, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))


def _draft(visit: Visit, case: CaseId) -> None:
    claim_case(case, actor=visit.actor, tools=visit.tools.cases)


def _answer(visit: Visit, case: CaseId) -> None:
    channel = visit.fields.get("channel", "")
    if channel not in set(Channel):
        raise InvalidInput([Problem("channel", "请选择答复方式")])
    answer = WrittenAnswer(written(visit, "text"), Channel(channel))
    answer_case(case, answer, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))


def _approve(visit: Visit, case: CaseId) -> None:
    approve_answer(case, seen=_seen(visit), actor=visit.actor, tools=visit.tools.cases)


def _merge(visit: Visit, case: CaseId) -> None:
    visit.actor.require(Permission.HANDLE_CASES)
    number = number_of(visit.fields.get("into", ""))
    with visit.tools.storage.begin() as uow:
        other = uow.cases.by_number(number) if number else None
    if other is None:
        raise InvalidInput([Problem("into", "没有这个受理编号，请核对后重填")])
    merge_cases(case, into=other.id, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))


def _with_reason(act: Callable[..., object]) -> Callable[[Visit, CaseId], None]:
    def do(visit: Visit, case: CaseId) -> None:
        reason = written(visit, "reason")
        act(case, reason=reason, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))

    return do


def _with_note(act: Callable[..., object]) -> Callable[[Visit, CaseId], None]:
    def do(visit: Visit, case: CaseId) -> None:
        note = written(visit, "note")
        act(case, note=note, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))

    return do


DOING: Mapping[str, Callable[[Visit, CaseId], None]] = {
    "confirm": _classify,
    "classify": _classify,
    "assign": _assign,
    "accept": _accept,
    "draft": _draft,
    "answer": _answer,
    "approve": _approve,
    "send-back": _with_reason(send_back_answer),
    "return": _with_reason(return_case),
    "reopen": _with_reason(reopen_case),
    "withdraw": _with_reason(withdraw_case),
    "remind": _with_note(remind),
    "supervise": _with_note(supervise),
    "close": _with_note(close_case),
    "merge": _merge,
}
