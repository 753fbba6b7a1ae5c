"""Note what has come due on the clocks: warnings before, and what is too late; each once."""

from bot.domain.cases.clock import Mark, MarkKind
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import not_delivered
from bot.domain.ids import CaseId
from bot.domain.permissions import SYSTEM
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.cases.tools import change, record_event

ROWS_A_TURN = 200
_EVENT_OF = {
    MarkKind.WARNING: EventKind.WARNED,
    MarkKind.MILESTONE: EventKind.MILESTONE,
    MarkKind.OVERDUE: EventKind.OVERDUE,
}


def note_deadlines(storage: Storage) -> int:
    """Turn marks whose time has come into events; returns how many. What is answered has no
    marks left, and a transfer moves none."""
    with storage.begin() as uow:
        taken = uow.cases.take_marks(limit=ROWS_A_TURN)
        for case_id, mark in taken:
            _note(uow, case_id, mark)
        if taken:
            uow.commit()
    return len(taken)


def note_refused_answers(storage: Storage) -> int:
    """Cases whose answer the platform refused are not answered: they go back to be answered, on
    the clock they always had. Returns how many."""
    with storage.begin() as uow:
        failed = uow.cases.not_delivered(limit=ROWS_A_TURN)
    for case_id in failed:
        with change(case_id, seen=None, actor=SYSTEM, storage=storage) as work:
            answer = work.case.answer
            if case_id in work.uow.cases.not_delivered(limit=ROWS_A_TURN):
                work.record(not_delivered(work.case), EventKind.NOT_DELIVERED, answer=answer)
    return len(failed)


def _note(uow: UnitOfWork, case_id: CaseId, mark: Mark) -> None:
    case = uow.cases.get(case_id)
    details = {"due": case.deadline.due_at.isoformat(), "department": case.department}
    record_event(uow, case, _EVENT_OF[mark.kind], SYSTEM, note=mark.name, **details)
