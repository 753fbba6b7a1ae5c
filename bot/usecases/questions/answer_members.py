"""Write the answer of a group to its members: each in a transaction of its own, each once."""

from dataclasses import replace

from bot.domain.cases.case import Case, CaseState, Channel, DraftAnswer
from bot.domain.errors import Refusal
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.permissions import SYSTEM, Actor
from bot.domain.questions.group import (
    GroupAnswer,
    GroupState,
    Member,
    QuestionGroup,
    Standing,
    answer_id,
)
from bot.domain.replies.answer import Answer, AnswerContent, Way, way_to
from bot.domain.replies.reply import Reply
from bot.ports.storage import UnitOfWork
from bot.usecases.cases.answer_case import give_answer
from bot.usecases.cases.tools import CaseTools, CaseWork
from bot.usecases.questions.tools import is_open
from bot.usecases.replies.answer_reply import put_answer

MEMBERS_A_VISIT = 500


def answer_members(tools: CaseTools) -> int:
    """Answer who still waits in groups that are being answered; returns how many answers were
    written. Who dies in between goes on with the next member: what came of one is stored together
    with its answer. During an emergency stop members wait."""
    with tools.storage.begin() as uow:
        waiting = uow.questions.awaiting_answer(limit=MEMBERS_A_VISIT)
    return sum(_is_answered(group, reply, tools) for group, reply in waiting)


def _is_answered(group_id: QuestionId, reply_id: ReplyId, tools: CaseTools) -> bool:
    with tools.storage.begin() as uow:
        group = uow.questions.claim(group_id)
        member, reply = uow.questions.member(group_id, reply_id), uow.replies.get(reply_id)
        if member is None or group.answer is None:
            return False
        leaves_at = group.answer.leaves_at
        if leaves_at is not None and uow.now() < leaves_at:
            return False
        if not member.awaits_answer or _is_stopped(uow, reply):
            return False
        settled, answer = _settled(uow, member, reply, group.answer, tools)
        uow.questions.put_member(settled)
        _log(uow, settled)
        if uow.questions.is_settled(group_id):
            _finish(uow, group)
        uow.commit()
    if answer is not None:
        tools.correspondence.doorbell.answers_are_due(answer.account, [answer.id])
    return answer is not None


def _is_stopped(uow: UnitOfWork, reply: Reply) -> bool:
    account = uow.accounts.get(reply.incoming.account)
    return account.stopped or uow.stops.everything_is_stopped()


def _settled(
    uow: UnitOfWork, member: Member, reply: Reply, written: GroupAnswer, tools: CaseTools
) -> tuple[Member, Answer | None]:
    """The member with its answer, or with why there is none."""
    why_not = _why_not(uow, member, reply)
    if why_not:
        return replace(member, why_not=why_not), None
    try:
        answer = _written(uow, member, reply, written, tools)
    except Refusal as refusal:
        return replace(member, why_not=str(refusal)), None
    return replace(member, answer=answer.id), answer


def _written(
    uow: UnitOfWork, member: Member, reply: Reply, written: GroupAnswer, tools: CaseTools
) -> Answer:
    author, named = Actor(written.by), answer_id(member.group, member.reply)
    case = uow.cases.of_reply(reply.id)
    if case is None:
        content, letters = AnswerContent(written.text), tools.correspondence
        return put_answer(uow, reply, content, actor=author, tools=letters, answer_id=named)
    told = (written.text, Channel.PLATFORM, written.by, uow.now(), written.unsourced)
    draft = DraftAnswer(*told)
    work, approved = CaseWork(uow, uow.cases.claim(case.id), author), written.approved_by
    _, answer = give_answer(work, draft, tools, approved_by=approved, answer_id=named)
    if answer is None:
        raise AssertionError("an answer on the platform was given without being written")
    return answer


def _why_not(uow: UnitOfWork, member: Member, reply: Reply) -> str:
    if reply.erased_at is not None:
        return "这位关注者的内容已按规定删除，不能再答复"
    if not is_open(uow, reply):
        return "这条留言已经单独答复、办结，或者登记为无需答复"
    case = uow.cases.of_reply(reply.id)
    if case is not None and case.care is not None:
        return f"办理件 {case.number} 是敏感件，须单独答复"
    if case is not None and case.state is CaseState.IN_REVIEW:
        return f"办理件 {case.number} 另有答复正在审核，请在那里处理"
    if way_to(reply.incoming.kind) is Way.LETTER and uow.questions.has_told(
        member.group, reply.incoming
    ):
        return "同一位关注者已就另一条留言收到这份答复" + _left_over(case)
    return ""


def _left_over(case: Case | None) -> str:
    return f"，办理件 {case.number} 可以并入那一件" if case is not None else ""


def _log(uow: UnitOfWork, member: Member) -> None:
    outcome = {"answer": member.answer} if member.answer else {"why_not": member.why_not}
    uow.audit.write(
        actor=SYSTEM.name,
        action="question.member_answered" if member.answer else "question.member_not_answered",
        object_kind="question",
        object_id=member.group,
        details={"reply": member.reply, **outcome},
    )


def _finish(uow: UnitOfWork, group: QuestionGroup) -> None:
    """The question is answered; whom nobody confirmed is free for another group."""
    uow.questions.save(group.moved(GroupState.ANSWERED))
    for member in uow.questions.members(group.id):
        if member.standing is Standing.PROPOSED:
            freed = replace(member, standing=Standing.TAKEN_OUT, judged_by=SYSTEM.name)
            uow.questions.put_member(freed)
