"""Note the next stage of a case of public concern (舆情)."""

from bot.domain.cases.history import EventKind
from bot.domain.cases.names import CaseClass
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.topics.record import OpinionRecord, Stage
from bot.domain.topics.rules import Level
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.cases.tools import change, record_event, require_hand
from bot.usecases.topics.decide_alert import require_watch


def begin_record(case_id: CaseId, level: Level, *, actor: Actor, storage: Storage) -> OpinionRecord:
    """A record for a case of 舆情 that a person opened; its first stage is 监测.

    Raises:
        NotAllowed, NotFound.
        Conflict: the case is of another class, or has its record.
    """
    require_watch(actor)
    with storage.begin() as uow:
        case = uow.cases.claim(case_id)
        if case.case_class is not CaseClass.OPINION:
            raise Conflict("只有类别为“舆情”的办理件有处置记录，请先确定类别")
        if uow.topics.record(case_id) is not None:
            raise Conflict("这件舆情已经有处置记录")
        record = OpinionRecord(case_id, level, Stage.MONITORED, actor.name, uow.now())
        record_event(uow, case, EventKind.STAGE, actor, stage=Stage.MONITORED.value)
        uow.topics.save_record(record)
        uow.commit()
    return record


def note_stage(
    case_id: CaseId, stage: Stage, note: str, *, actor: Actor, storage: Storage
) -> OpinionRecord:
    """The next stage, with what was found, decided or done. The department that has the case may
    note its own handling.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: nothing is said.
        IllegalMove: that stage does not follow.
        Conflict: there is no record; or a response before the case is answered.
    """
    if not note.strip():
        raise InvalidInput([Problem("note", "请写明这一阶段的结论或做法")])
    with change(case_id, seen=None, actor=actor, storage=storage) as work:
        if not actor.may(Permission.SUPERVISE):
            require_hand(work.uow, work.case, actor, Permission.HANDLE_CASES)
        record = _record(work.uow, case_id)
        moved = record.moved(stage, work.case, by=actor.name, at=work.now)
        work.uow.topics.save_record(moved)
        work.record(work.case, EventKind.STAGE, note=note.strip(), stage=stage.value)
    return moved


def _record(uow: UnitOfWork, case: CaseId) -> OpinionRecord:
    found = uow.topics.record(case)
    if found is None:
        raise Conflict("这件办理件还没有舆情处置记录，请先建立")
    return found
