"""The record of an application for disclosure (依申请公开), from filing on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.cases.case import Case
from bot.domain.cases.clock import Deadline, counted_again
from bot.domain.cases.disclosure import (
    BASIS,
    TERM,
    Application,
    corrected,
    correction_asked,
    due,
    extended,
    paused,
    resumed,
)
from bot.domain.cases.history import EventKind
from bot.domain.cases.names import CaseClass
from bot.domain.errors import Conflict, InvalidInput, NotFound, Problem
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.workdays import Term, TermUnit
from bot.usecases.cases.tools import CaseTools, CaseWork, change

_WARN_BEFORE = (Term(5, TermUnit.WORKING_DAYS), Term(1, TermUnit.WORKING_DAYS))
RULE = "disclosure-application"

Change = Callable[[Application, datetime], Application]


def file_application(
    case_id: CaseId,
    *,
    filed_at: datetime,
    actor: Actor,
    tools: CaseTools,
    seen: int | None = None,
) -> Case:
    """A proper application is here since `filed_at`: its 20 working days begin.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the case is of another class, or the day lies in the future.
        Conflict: it has been filed before, or changed since it was seen.
    """
    actor.require(Permission.HANDLE_CASES)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        if work.case.case_class is not CaseClass.DISCLOSURE:
            raise InvalidInput([Problem("case_class", "请先把类别改为“依申请公开”")])
        if filed_at > work.now:
            raise InvalidInput([Problem("filed_at", "收到申请的时间不能晚于现在")])
        if work.uow.cases.application(case_id) is not None:
            raise Conflict("这件申请已经登记过")
        return _saved(work, Application(case_id, filed_at), EventKind.FILED, "", tools)


def ask_for_correction(
    case_id: CaseId, *, note: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """Tell the applicant, once and within 7 working days, what is missing (补正)."""

    def asked(application: Application, now: datetime) -> Application:
        return correction_asked(application, at=now, calendar=tools.calendar)

    return _changed(
        case_id, asked, EventKind.SUSPENDED, note=note, seen=seen, actor=actor, tools=tools
    )


def take_correction(
    case_id: CaseId, *, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """The corrected application is here; its clock begins anew."""

    def taken(application: Application, now: datetime) -> Application:
        return corrected(application, at=now)

    return _changed(case_id, taken, EventKind.RESUMED, note="", seen=seen, actor=actor, tools=tools)


def extend_application(
    case_id: CaseId,
    days: int,
    *,
    note: str,
    actor: Actor,
    tools: CaseTools,
    seen: int | None = None,
) -> Case:
    """Up to 20 working days more, by whoever may approve answers; the applicant must be told."""
    actor.require(Permission.APPROVE_ANSWER)

    def longer(application: Application, _now: datetime) -> Application:
        return extended(application, days, approved_by=actor.name)

    return _changed(
        case_id,
        longer,
        EventKind.EXTENDED,
        note=note,
        seen=seen,
        actor=actor,
        tools=tools,
        permission=Permission.APPROVE_ANSWER,
    )


def pause_application(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """Ask third parties or other bodies for their opinion; that time does not count."""

    def stands(application: Application, now: datetime) -> Application:
        return paused(application, at=now, reason=reason)

    return _changed(
        case_id, stands, EventKind.SUSPENDED, note=reason, seen=seen, actor=actor, tools=tools
    )


def resume_application(
    case_id: CaseId, *, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """The opinions are here; the clock goes on."""

    def goes_on(application: Application, now: datetime) -> Application:
        return resumed(application, at=now)

    return _changed(
        case_id, goes_on, EventKind.RESUMED, note="", seen=seen, actor=actor, tools=tools
    )


def _changed(
    case_id: CaseId,
    make: Change,
    kind: EventKind,
    *,
    note: str,
    seen: int | None,
    actor: Actor,
    tools: CaseTools,
    permission: Permission = Permission.HANDLE_CASES,
) -> Case:
    actor.require(permission)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        application = work.uow.cases.application(case_id)
        if application is None:
            raise NotFound("依申请公开登记", work.case.number)
        return _saved(work, make(application, work.now), kind, note, tools)


def _saved(
    work: CaseWork, application: Application, kind: EventKind, note: str, tools: CaseTools
) -> Case:
    work.uow.cases.save_application(application)
    case = replace(work.case, deadline=_deadline(work.case, application, tools))
    return work.record(case, kind, note=note, due=case.deadline.due_at.isoformat())


def _deadline(case: Case, application: Application, tools: CaseTools) -> Deadline:
    """The application's own clock; while it stands nobody is warned."""
    own = replace(
        case.deadline,
        rule=RULE,
        rule_version=1,
        term=TERM,
        basis=BASIS,
        begun_at=application.begun_at,
        needs_review=True,
        is_paused=application.is_paused,
        marks=(),
        warn_before=_WARN_BEFORE,
    )
    return counted_again(own, due(application, calendar=tools.calendar), tools.calendar)
