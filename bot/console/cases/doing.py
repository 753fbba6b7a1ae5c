"""Carrying out what was decided on a case's page, by the version that was seen there."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from bot.console.visit import Visit
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Channel
from bot.domain.cases.names import CaseClass
from bot.domain.cases.receipts import number_of
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AnswerId, CaseId, DepartmentId
from bot.domain.permissions import Permission
from bot.domain.replies.unsourced import Unsourced
from bot.usecases.cases.accept_case import accept_case
from bot.usecases.cases.answer_case import (
    WrittenAnswer,
    answer_case,
    approve_answer,
    send_back_answer,
)
from bot.usecases.cases.assign_case import assign_case
from bot.usecases.cases.care_for_case import check_secrecy, mark_sensitive, unmark_sensitive
from bot.usecases.cases.chase_case import remind, supervise
from bot.usecases.cases.claim_case import claim_case
from bot.usecases.cases.classify_case import classify_case
from bot.usecases.cases.end_case import close_case, withdraw_case
from bot.usecases.cases.file_application import (
    ask_for_correction,
    extend_application,
    file_application,
    pause_application,
    resume_application,
    take_correction,
)
from bot.usecases.cases.hold_case import hold_case, release_case
from bot.usecases.cases.merge_cases import merge_cases
from bot.usecases.cases.publish_answer import publish_answer, unpublish_answer
from bot.usecases.cases.reopen_case import reopen_case
from bot.usecases.cases.return_case import return_case
from bot.usecases.cases.take_back_answer import take_back_answer


def written(visit: Visit, field: str) -> str:
    """What was written into a field, without the browser's line ends and the blanks around."""
    return visit.fields.get(field, "").replace("\r\n", "\n").strip()


def unsourced_in(visit: Visit) -> Unsourced | None:
    """The figures that the page showed as having no source, and why they may stand."""
    figures = tuple(line for line in visit.fields.get("figures", "").splitlines() if line)
    return Unsourced(figures, written(visit, "figures_reason")) if figures else None


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
    answer = WrittenAnswer(written(visit, "text"), Channel(channel), unsourced_in(visit))
    answer_case(case, answer, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))


def _approve(visit: Visit, case: CaseId) -> None:
    approve_answer(case, seen=_seen(visit), actor=visit.actor, tools=visit.tools.cases)


def _merge(visit: Visit, case: CaseId) -> None:
    visit.actor.require(Permission.HANDLE_CASES)
    number = number_of(visit.fields.get("into", ""))
    with visit.tools.storage.look() as uow:
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


def _file(visit: Visit, case: CaseId) -> None:
    """The day an application came in; counted from that day on, whatever the hour."""
    try:
        day = date.fromisoformat(written(visit, "filed"))
    except ValueError:
        raise InvalidInput([Problem("filed", "请填写收到申请的日期")]) from None
    filed = datetime.combine(day, time(), tzinfo=BEIJING)
    file_application(
        case, filed_at=filed, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit)
    )


def _extend(visit: Visit, case: CaseId) -> None:
    given = written(visit, "days")
    if not (given.isascii() and given.isdigit() and len(given) < 4):
        raise InvalidInput([Problem("days", "请填写延长几个工作日，最多 20 个")])
    extend_application(
        case,
        int(given),
        note=written(visit, "note"),
        actor=visit.actor,
        tools=visit.tools.cases,
        seen=_seen(visit),
    )


def _plainly(act: Callable[..., object]) -> Callable[[Visit, CaseId], None]:
    def do(visit: Visit, case: CaseId) -> None:
        act(case, actor=visit.actor, tools=visit.tools.cases, seen=_seen(visit))

    return do


def _publish(visit: Visit, case: CaseId) -> None:
    publish_answer(
        case,
        seen=_seen(visit),
        question=written(visit, "question"),
        actor=visit.actor,
        tools=visit.tools.cases,
    )


def _unpublish(visit: Visit, case: CaseId) -> None:
    reason = written(visit, "reason")
    if not reason:
        raise InvalidInput([Problem("reason", "请写明撤下的原因")])
    unpublish_answer(case, reason=reason, actor=visit.actor, tools=visit.tools.cases)


def _check_secrecy(visit: Visit, case: CaseId) -> None:
    result = visit.fields.get("secrecy", "")
    if result not in {"passed", "refused"}:
        raise InvalidInput([Problem("secrecy", "请选择审查结果")])
    check_secrecy(
        case,
        passed=result == "passed",
        note=written(visit, "reason"),
        seen=_seen(visit),
        actor=visit.actor,
        tools=visit.tools.cases,
    )


def _take_back(visit: Visit, _: CaseId) -> None:
    answer = AnswerId(visit.fields.get("answer", ""))
    take_back_answer(answer, actor=visit.actor, tools=visit.tools.cases)


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
    "mark-sensitive": _with_reason(mark_sensitive),
    "unmark-sensitive": _with_reason(unmark_sensitive),
    "check-secrecy": _check_secrecy,
    "hold": _with_reason(hold_case),
    "release": _with_reason(release_case),
    "merge": _merge,
    "take-back": _take_back,
    "publish": _publish,
    "unpublish": _unpublish,
    "file": _file,
    "ask-correction": _with_note(ask_for_correction),
    "corrected": _plainly(take_correction),
    "pause": _with_reason(pause_application),
    "resume": _plainly(resume_application),
    "extend": _extend,
}
