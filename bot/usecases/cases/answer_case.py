"""Answer a case: at once, or after somebody else has approved what was written."""

from dataclasses import dataclass

from bot.domain.cases.case import Case, CaseState, Channel, DraftAnswer
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import answered, sent_back, submitted
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, Problem
from bot.domain.ids import AnswerId, CaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import Answer, AnswerContent
from bot.usecases.cases.tools import CaseTools, CaseWork, change
from bot.usecases.replies.answer_reply import put_answer


@dataclass(frozen=True)
class WrittenAnswer:
    """The words, and how they reach the asker: sent by us, or by somebody who says that they did
    it. `article` and cards go by the reply's own answer desk."""

    text: str
    channel: Channel = Channel.PLATFORM


def answer_case(
    case_id: CaseId,
    written: WrittenAnswer,
    *,
    actor: Actor,
    tools: CaseTools,
    seen: int | None = None,
) -> Case:
    """Answer it. Where its rule asks for review, the answer waits for another person's approval;
    else it goes out, and the clock stops.

    Raises:
        NotAllowed: another department has it.
        NotFound, IllegalMove, Conflict.
        InvalidInput: no words, or none that the platform takes.
    """
    if not written.text.strip():
        raise InvalidInput([Problem("text", "请填写答复内容")])
    hand = Permission.HANDLE_CASES
    with change(case_id, seen=seen, actor=actor, storage=tools.storage, hand=hand) as work:
        draft = DraftAnswer(written.text.strip(), written.channel, actor.name, work.now)
        if work.case.deadline.needs_review:
            return _submitted(work, draft)
        case, sent = give_answer(work, draft, tools, undo_seconds=_undo(tools))
    _ring(sent, tools)
    return case


def approve_answer(case_id: CaseId, *, seen: int, actor: Actor, tools: CaseTools) -> Case:
    """What was submitted goes out as it was seen, and the clock stops.

    Raises:
        NotAllowed: the actor may not approve, or wrote it.
        NotFound, IllegalMove, Conflict, InvalidInput.
    """
    actor.require(Permission.APPROVE_ANSWER)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        draft = _in_review(work.case)
        if draft.by == actor.name:
            raise NotAllowed("提交人不能审核自己的答复，请换一位审核人")
        case, sent = give_answer(
            work, draft, tools, approved_by=actor.name, undo_seconds=_undo(tools)
        )
    _ring(sent, tools)
    return case


def send_back_answer(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """Back to whoever wrote it, with the reason; the words stay.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict.
        InvalidInput: no reason is given.
    """
    actor.require(Permission.APPROVE_ANSWER)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明退回修改的原因")])
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        draft = _in_review(work.case)
        return work.record(
            sent_back(work.case), EventKind.SENT_BACK, note=reason, written_by=draft.by
        )


def _in_review(case: Case) -> DraftAnswer:
    if case.state is not CaseState.IN_REVIEW or case.draft is None:
        raise Conflict(f"办理件 {case.number} 没有等待审核的答复")
    return case.draft


def _submitted(work: CaseWork, draft: DraftAnswer) -> Case:
    case = submitted(work.case, draft)
    work.uow.cases.end_claim(case.id)
    return work.record(case, EventKind.SUBMITTED, channel=draft.channel.value)


def give_answer(
    work: CaseWork,
    draft: DraftAnswer,
    tools: CaseTools,
    *,
    approved_by: str = "",
    answer_id: AnswerId | None = None,
    undo_seconds: int = 0,
) -> tuple[Case, Answer | None]:
    """The answer goes out within the change of somebody who has asked whether it may; they ring
    for it once that is committed.

    Raises:
        IllegalMove, Conflict, InvalidInput.
    """
    sent = _sent(work, draft, tools, answer_id, undo_seconds)
    case = answered(work.case, draft, answer=sent.id if sent else None, at=work.now)
    work.uow.cases.end_claim(case.id)
    recorded = work.record(
        case,
        EventKind.ANSWERED,
        channel=draft.channel.value,
        answer=case.answer,
        written_by=draft.by,
        approved_by=approved_by,
    )
    return recorded, sent


def _sent(
    work: CaseWork,
    draft: DraftAnswer,
    tools: CaseTools,
    answer_id: AnswerId | None,
    undo_seconds: int,
) -> Answer | None:
    if draft.channel is not Channel.PLATFORM:
        return None
    if work.case.reply is None:
        raise InvalidInput(
            [Problem("channel", "来件不在平台上，不能在平台上回复，请选择其他答复方式")]
        )
    reply = work.uow.replies.get(work.case.reply)
    content = AnswerContent(draft.text)
    return put_answer(
        work.uow,
        reply,
        content,
        actor=work.actor,
        tools=tools.correspondence,
        answer_id=answer_id,
        undo_seconds=undo_seconds,
    )


def _undo(tools: CaseTools) -> int:
    return tools.correspondence.undo_seconds


def _ring(sent: Answer | None, tools: CaseTools) -> None:
    if sent is not None and not _undo(tools):
        tools.correspondence.doorbell.answers_are_due(sent.account, [sent.id])
