"""Decide about an alert: put it aside, or take it up as a case of public concern (舆情)."""

from dataclasses import dataclass

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.names import CaseClass
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AlertId, DepartmentId
from bot.domain.permissions import Actor, Permission
from bot.domain.topics.alert import KIND_NAMES, TopicAlert
from bot.domain.topics.record import OpinionRecord, Stage
from bot.domain.topics.rules import LEVEL_NAMES, Level
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.cases.open_case import NewCase, put_case
from bot.usecases.cases.tools import CaseTools, record_event


@dataclass(frozen=True)
class Taking:
    """How an alert is taken up."""

    level: Level
    department: DepartmentId | None = None
    note: str = ""


def require_watch(actor: Actor) -> None:
    """Go on if the actor handles cases or supervises them.

    Raises:
        NotAllowed.
    """
    if not actor.may(Permission.SUPERVISE):
        actor.require(Permission.HANDLE_CASES)


def dismiss_alert(alert_id: AlertId, reason: str, *, actor: Actor, storage: Storage) -> TopicAlert:
    """Put it aside; it is told again when twice as many have come.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason.
        Conflict: somebody has decided already.
    """
    require_watch(actor)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明为什么不作舆情处理")])
    with storage.begin() as uow:
        alert = uow.topics.claim_alert(alert_id)
        decided = alert.dismissed(by=actor.name, at=uow.now(), reason=reason.strip())
        uow.topics.save_alert(decided)
        _audit(uow, decided, actor, "dismissed")
        uow.commit()
    return decided


def take_up_alert(alert_id: AlertId, taking: Taking, *, actor: Actor, tools: CaseTools) -> Case:
    """Open a case of class 舆情, whose clock runs from when the alert was raised: 48 hours, or 5
    where the level is grave. Its record begins with 监测 and 研判.

    Raises:
        NotAllowed, NotFound.
        Conflict: somebody has decided already.
    """
    require_watch(actor)
    with tools.storage.begin() as uow:
        alert = uow.topics.claim_alert(alert_id)
        alert.require_open()
        wanted = NewCase(
            CaseClass.OPINION,
            subject=f"{KIND_NAMES[alert.kind]}：{alert.name}（{alert.askers} 人）",
            received_at=alert.raised_at,
            department=taking.department,
            is_urgent=taking.level is not Level.ORDINARY,
        )
        case = put_case(uow, wanted, None, actor=actor, tools=tools)
        now = uow.now()
        record = OpinionRecord(
            case.id, taking.level, Stage.ASSESSED, actor.name, now, alert=alert.id
        )
        level = LEVEL_NAMES[taking.level]
        record_event(uow, case, EventKind.STAGE, actor, note="系统监测", stage="monitored")
        record_event(
            uow, case, EventKind.STAGE, actor, note=taking.note, stage="assessed", level=level
        )
        uow.topics.save_record(record)
        uow.topics.save_alert(alert.recorded(case.id, taking.level, by=actor.name, at=now))
        _audit(uow, alert, actor, "recorded", case=case.id, level=taking.level.value)
        uow.commit()
    return case


def _audit(uow: UnitOfWork, alert: TopicAlert, actor: Actor, deed: str, **details: str) -> None:
    uow.audit.write(
        actor=actor.name,
        action=f"topic_alert.{deed}",
        object_kind="topic_alert",
        object_id=alert.id,
        details=details,
    )
