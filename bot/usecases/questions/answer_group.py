"""Answer all who ask the same: one text, written once, approved where a class asks for it."""

from dataclasses import replace

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, Problem
from bot.domain.ids import QuestionId
from bot.domain.permissions import Actor, Permission
from bot.domain.questions.group import GroupAnswer, GroupState, QuestionGroup
from bot.ports.storage import Storage
from bot.usecases.questions.tools import GroupWork, change


def answer_group(
    group_id: QuestionId, text: str, *, actor: Actor, storage: Storage, seen: int | None = None
) -> QuestionGroup:
    """Every confirmed member gets `text`, one after the other, by a worker. Where the rule of any
    member's case asks for review, another person has to approve first.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict.
        InvalidInput: no words, or no member is confirmed.
    """
    actor.require(Permission.HANDLE_CASES)
    if not text.strip():
        raise InvalidInput([Problem("text", "请填写答复内容")])
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        if not any(member.awaits_answer for member in work.uow.questions.members(group_id)):
            words = "这一组还没有经人确认的留言，请先核对并确认哪些留言问的是同一件事"
            raise InvalidInput([Problem("replies", words)])
        answer = GroupAnswer(text.strip(), actor.name, work.now)
        written = replace(work.group, answer=answer)
        if _needs_review(work):
            return work.record(written.moved(GroupState.IN_REVIEW), "submitted")
        return work.record(written.moved(GroupState.ANSWERING), "answered", written_by=actor.name)


def approve_group_answer(
    group_id: QuestionId, *, seen: int, actor: Actor, storage: Storage
) -> QuestionGroup:
    """What was submitted goes to all members as they were seen.

    Raises:
        NotAllowed: the actor may not approve, or wrote it.
        NotFound, Conflict.
    """
    actor.require(Permission.APPROVE_ANSWER)
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        answer = _in_review(work.group)
        if answer.by == actor.name:
            raise NotAllowed("提交人不能审核自己的答复，请换一位审核人")
        approved = replace(work.group, answer=replace(answer, approved_by=actor.name))
        return work.record(approved.moved(GroupState.ANSWERING), "answered", written_by=answer.by)


def send_back_group_answer(
    group_id: QuestionId, *, reason: str, actor: Actor, storage: Storage, seen: int | None = None
) -> QuestionGroup:
    """Back to whoever wrote it; the words stay, and members may change again.

    Raises:
        NotAllowed, NotFound, Conflict.
        InvalidInput: no reason is given.
    """
    actor.require(Permission.APPROVE_ANSWER)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明退回修改的原因")])
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        answer = _in_review(work.group)
        opened = work.group.moved(GroupState.OPEN)
        return work.record(opened, "sent_back", reason=reason.strip(), written_by=answer.by)


def _needs_review(work: GroupWork) -> bool:
    members = work.uow.questions.members(work.group.id)
    cases = (work.uow.cases.of_reply(member.reply) for member in members if member.awaits_answer)
    return any(case is not None and case.deadline.needs_review for case in cases)


def _in_review(group: QuestionGroup) -> GroupAnswer:
    if group.state is not GroupState.IN_REVIEW or group.answer is None:
        raise Conflict("这一组提问没有等待审核的答复，请刷新后再看")
    return group.answer
