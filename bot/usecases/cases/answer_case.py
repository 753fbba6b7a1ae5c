"""Answer a case: at once, or after somebody else has approved what was written."""

from dataclasses import dataclass, replace

from bot.domain.cases.care import APPROVALS
from bot.domain.cases.case import Case, CaseState, Channel, DraftAnswer
from bot.domain.cases.drafting import facts_of
from bot.domain.cases.history import EventKind
from bot.domain.cases.looking_up import told_where
from bot.domain.cases.moves import answered, sent_back, submitted
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, Problem
from bot.domain.ids import AnswerId, CaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import Answer, AnswerContent, Way, way_to
from bot.domain.replies.reply import Reply
from bot.domain.replies.unsourced import Unsourced, justified
from bot.usecases.cases.tools import CaseTools, CaseWork, change
from bot.usecases.replies.answer_reply import put_answer, require_possible


@dataclass(frozen=True)
class WrittenAnswer:
    """The words, and how they reach the asker: sent by us, or by somebody who says that they did
    it. `article` and cards go by the reply's own answer desk. `unsourced` is why figures may
    stand that have no source."""

    text: str
    channel: Channel = Channel.PLATFORM
    unsourced: Unsourced | None = None


def answer_case(
    case_id: CaseId,
    written: WrittenAnswer,
    *,
    actor: Actor,
    tools: CaseTools,
    seen: int | None = None,
) -> Case:
    """Answer it. Where its rule asks for review, or the actor has said that it is no longer
    sensitive, the answer waits for another person's approval; else it goes out, and the clock
    stops.

    Raises:
        NotAllowed: another department has it.
        NotFound, IllegalMove, Conflict.
        InvalidInput: no words, none that the platform takes, or figures without a source for
            which nobody says why.
    """
    if not written.text.strip():
        raise InvalidInput([Problem("text", "请填写答复内容")])
    unsourced = _answered_for(case_id, written, tools)
    hand = Permission.HANDLE_CASES
    with change(case_id, seen=seen, actor=actor, storage=tools.storage, hand=hand) as work:
        text = written.text.strip()
        draft = DraftAnswer(text, written.channel, actor.name, work.now, unsourced)
        needs_review = work.case.deadline.needs_review or work.case.care is not None
        if needs_review or _took_mark_away(work, actor):
            return _submitted(work, draft, tools)
        case, sent = give_answer(work, draft, tools, undo_seconds=_undo(tools))
    _ring(sent, tools)
    return case


def approve_answer(case_id: CaseId, *, seen: int, actor: Actor, tools: CaseTools) -> Case:
    """What was submitted goes out as it was seen, and the clock stops. Of a sensitive case it
    goes once two have approved it, and a secrecy check has passed.

    Raises:
        NotAllowed: the actor may not approve, wrote it, or said that it is no longer sensitive.
        Conflict: they have approved it already, or a check is missing or did not pass.
        NotFound, IllegalMove, InvalidInput.
    """
    actor.require(Permission.APPROVE_ANSWER)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        draft = in_review(work.case)
        if draft.by == actor.name:
            raise NotAllowed("提交人不能审核自己的答复，请换一位审核人")
        if _took_mark_away(work, actor):
            raise NotAllowed("您解除了这件的敏感标记，答复请由另一位审核人通过")
        if work.case.care is not None:
            draft = _approved(draft, actor)
            if len(draft.approved_by) < APPROVALS:
                return work.record(replace(work.case, draft=draft), EventKind.APPROVED_ONCE)
        case, sent = give_answer(
            work,
            draft,
            tools,
            approved_by=" ".join(draft.approved_by) or actor.name,
            undo_seconds=_undo(tools),
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
        draft = in_review(work.case)
        return work.record(
            sent_back(work.case), EventKind.SENT_BACK, note=reason, written_by=draft.by
        )


def in_review(case: Case) -> DraftAnswer:
    """The answer that waits for approval.

    Raises:
        Conflict: none does.
    """
    if case.state is not CaseState.IN_REVIEW or case.draft is None:
        raise Conflict(f"办理件 {case.number} 没有等待审核的答复")
    return case.draft


def _answered_for(case_id: CaseId, written: WrittenAnswer, tools: CaseTools) -> Unsourced | None:
    with tools.storage.look() as uow:
        case = uow.cases.get(case_id)
        asked = uow.replies.get(case.reply).incoming.text if case.reply else ""
        sources = [case.subject, asked, *facts_of(case, uow.now())]
    return justified(tools.correspondence.figures(written.text, sources), written.unsourced)


def _took_mark_away(work: CaseWork, actor: Actor) -> bool:
    """Whether the actor said that the case is no longer sensitive: nobody passes by the second
    approval alone."""
    history = work.uow.cases.history(work.case.id)
    return any(one.kind is EventKind.NOT_SENSITIVE and one.by == actor.name for one in history)


def _approved(draft: DraftAnswer, actor: Actor) -> DraftAnswer:
    """One approval more; the last only after the secrecy check."""
    if actor.name in draft.approved_by:
        raise Conflict("您已经通过，敏感件还须另一位审核人通过")
    if draft.secrecy is not None and not draft.secrecy.passed:
        raise Conflict("保密审查没有通过，请退回修改")
    approved = replace(draft, approved_by=(*draft.approved_by, actor.name))
    if len(approved.approved_by) >= APPROVALS and draft.secrecy is None:
        raise Conflict("敏感件的答复须先经保密审查，审查以后再通过")
    return approved


def _submitted(work: CaseWork, draft: DraftAnswer, tools: CaseTools) -> Case:
    """What cannot be sent is told to whoever writes it: a reviewer could not change the words."""
    if draft.channel is Channel.PLATFORM:
        require_possible(
            work.uow, _on_platform(work), AnswerContent(draft.text), tools.correspondence
        )
    case = submitted(work.case, draft)
    work.uow.cases.end_claim(case.id)
    return work.record(case, EventKind.SUBMITTED, note=_told(draft), channel=draft.channel.value)


def _told(draft: DraftAnswer) -> str:
    return draft.unsourced.words if draft.unsourced else ""


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
        note=_told(draft),
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
    if draft.channel is Channel.LOOK_UP:
        return _pointed(work, tools, undo_seconds)
    if draft.channel is not Channel.PLATFORM:
        return None
    return put_answer(
        work.uow,
        _on_platform(work),
        AnswerContent(draft.text),
        actor=work.actor,
        tools=tools.correspondence,
        answer_id=answer_id,
        undo_seconds=undo_seconds,
    )


def _pointed(work: CaseWork, tools: CaseTools, undo_seconds: int) -> Answer | None:
    """Whoever can still be written to is told that there is an answer, and how to look it up.
    Others are told when they write again (`tell_answers`); nothing is refused because of it."""
    reply = work.uow.replies.get(work.case.reply) if work.case.reply else None
    if reply is None or way_to(reply.incoming.kind) is not Way.LETTER:
        return None
    try:
        return put_answer(
            work.uow,
            reply,
            AnswerContent(told_where(work.case)),
            actor=work.actor,
            tools=tools.correspondence,
            undo_seconds=undo_seconds,
        )
    except (Conflict, InvalidInput):
        return None


def _on_platform(work: CaseWork) -> Reply:
    if work.case.reply is None:
        raise InvalidInput(
            [Problem("channel", "来件不在平台上，不能在平台上回复，请选择其他答复方式")]
        )
    return work.uow.replies.get(work.case.reply)


def _undo(tools: CaseTools) -> int:
    return tools.correspondence.undo_seconds


def _ring(sent: Answer | None, tools: CaseTools) -> None:
    if sent is not None and not _undo(tools):
        tools.correspondence.doorbell.answers_are_due(sent.account, [sent.id])
