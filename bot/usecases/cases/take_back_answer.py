"""Take an answer back that has not left yet (撤销)."""

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import not_delivered
from bot.domain.ids import AnswerId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import taken_back
from bot.ports.storage import UnitOfWork
from bot.usecases.cases.tools import CaseTools, CaseWork, record_event, require_hand


def take_back_answer(answer_id: AnswerId, *, actor: Actor, tools: CaseTools) -> None:
    """It is not sent. A case that was answered with it goes back to be answered, with the words
    as they were, on the clock it always had; one that was answered before, and whose asker was
    only told of it, stays answered.

    Raises:
        NotAllowed, NotFound.
        Conflict: it has left, or may have.
    """
    with tools.storage.begin() as uow:
        answer = uow.answers.get(answer_id)
        about = uow.cases.of_reply(answer.reply)
        case = _answered_with(uow, about, answer_id)
        _require_say(uow, case, actor)
        # The case first, as everywhere: then nobody waits for another in a circle.
        answer = uow.answers.claim(answer_id)
        uow.answers.save(taken_back(answer, uow.now()))
        if case is not None:
            work = CaseWork(uow, case, actor)
            work.record(not_delivered(case), EventKind.TAKEN_BACK, answer=answer_id)
        elif about is not None and _told(uow, about, EventKind.TOLD_NUMBER, answer_id):
            record_event(uow, about, EventKind.NUMBER_TAKEN_BACK, actor, answer=answer_id)
        uow.audit.write(
            actor=actor.name,
            action="reply.answer_taken_back",
            object_kind="reply",
            object_id=answer.reply,
            details={"answer": answer_id},
        )
        uow.commit()


def _told(uow: UnitOfWork, case: Case, kind: EventKind, answer: AnswerId) -> bool:
    told = [event for event in uow.cases.history(case.id) if event.kind is kind]
    return any(event.details.get("answer") == answer for event in told)


def _answered_with(uow: UnitOfWork, case: Case | None, answer: AnswerId) -> Case | None:
    if case is None or case.answer != answer:
        return None
    was_told_later = _told(uow, case, EventKind.TOLD_ANSWER, answer)
    return None if was_told_later else uow.cases.claim(case.id)


def _require_say(uow: UnitOfWork, case: Case | None, actor: Actor) -> None:
    if case is None:
        actor.require(Permission.ANSWER)
    elif not actor.may(Permission.APPROVE_ANSWER):
        require_hand(uow, case, actor, Permission.HANDLE_CASES)
