"""A case as a row, and back."""

from typing import Any

from sqlalchemy import Row

from bot.domain.cases.care import Care
from bot.domain.cases.case import Case, CaseState, Channel, DraftAnswer
from bot.domain.cases.clock import Deadline
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.retention import Hold, Tombstone
from bot.domain.ids import AccountId, AnswerId, CaseId, DepartmentId, ReplyId
from bot.storage.encoding import decode, encode


def case_values(case: Case) -> dict[str, Any]:
    """The columns of a case."""
    return {
        "id": case.id,
        "number": case.number,
        "check_code": case.check_code,
        "entry": case.entry,
        "case_class": case.case_class,
        "state": case.state,
        "is_running": case.is_running,
        "is_urgent": case.is_urgent,
        "suggested": case.suggested,
        "department_id": case.department,
        "handler": case.handler,
        "account_id": case.account,
        "reply_id": case.reply,
        "subject": case.subject,
        "received_at": case.received_at,
        "opened_at": case.opened_at,
        "due_at": case.deadline.due_at,
        "is_provisional": case.deadline.is_provisional,
        "is_paused": case.deadline.is_paused,
        "deadline": encode(Deadline, case.deadline),
        "accepted_at": case.accepted_at,
        "draft": encode(DraftAnswer, case.draft) if case.draft else None,
        "answer_id": case.answer,
        "answer_text": case.answer_text,
        "answered_by": case.answered_by,
        "answered_at": case.answered_at,
        "closed_at": case.closed_at,
        "merged_into": case.merged_into,
        "ended_at": case.ended_at,
        "care": encode(Care, case.care) if case.care else None,
        "hold": encode(Hold, case.hold) if case.hold else None,
        "erased_at": case.tombstone.at if case.tombstone else None,
        "erased_by": case.tombstone.rule if case.tombstone else None,
        "version": case.version,
        "changed_by": case.changed_by,
        "changed_at": case.changed_at,
    }


def case_of(row: Row[Any]) -> Case:
    """The case of a whole row."""
    return Case(
        id=CaseId(row.id),
        number=row.number,
        check_code=row.check_code,
        entry=Entry(row.entry),
        case_class=CaseClass(row.case_class),
        received_at=row.received_at,
        opened_at=row.opened_at,
        deadline=decode(Deadline, row.deadline),
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        account=AccountId(row.account_id) if row.account_id else None,
        reply=ReplyId(row.reply_id) if row.reply_id else None,
        subject=row.subject,
        is_urgent=row.is_urgent,
        suggested=row.suggested,
        state=CaseState(row.state),
        department=DepartmentId(row.department_id) if row.department_id else None,
        handler=row.handler,
        accepted_at=row.accepted_at,
        draft=decode(DraftAnswer, row.draft) if row.draft else None,
        answer=AnswerId(row.answer_id) if row.answer_id else None,
        answer_text=row.answer_text,
        answered_by=Channel(row.answered_by) if row.answered_by else None,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        merged_into=CaseId(row.merged_into) if row.merged_into else None,
        care=decode(Care, row.care) if row.care else None,
        hold=decode(Hold, row.hold) if row.hold else None,
        tombstone=Tombstone(row.erased_at, row.erased_by or "") if row.erased_at else None,
        version=row.version,
    )
