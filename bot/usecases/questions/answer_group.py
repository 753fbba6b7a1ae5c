"""Answer all who ask the same: one text, written once, approved where a class asks for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, Problem
from bot.domain.ids import QuestionId
from bot.domain.permissions import Actor, Permission
from bot.domain.questions.group import GroupAnswer, GroupState, QuestionGroup
from bot.domain.replies.unsourced import Unsourced, justified
from bot.ports.storage import Storage
from bot.usecases.questions.tools import GroupWork, change
from bot.usecases.replies.tools import CorrespondenceTools

MOST_READ = 100
"""Letters of a group that are read for the figures they state."""


def answer_group(
    group_id: QuestionId,
    text: str,
    *,
    actor: Actor,
    tools: CorrespondenceTools,
    seen: int | None = None,
    unsourced: Unsourced | None = None,
) -> QuestionGroup:
    """Every confirmed member gets `text`, one after the other, by a worker, once it can no longer
    be taken back. Where the rule of any member's case asks for review, another person has to
    approve first.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict.
        InvalidInput: no words, no member is confirmed, or figures have no source and nobody says
            why they may stand.
    """
    actor.require(Permission.HANDLE_CASES)
    if not text.strip():
        raise InvalidInput([Problem("text", "请填写答复内容")])
    storage = tools.publishing.storage
    left = justified(tools.figures(text, asked_in(group_id, storage)), unsourced)
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        if not any(member.awaits_answer for member in work.uow.questions.members(group_id)):
            words = "这一组还没有经人确认的留言，请先核对并确认哪些留言问的是同一件事"
            raise InvalidInput([Problem("replies", words)])
        answer = GroupAnswer(text.strip(), actor.name, work.now, unsourced=left)
        if _needs_review(work):
            written = replace(work.group, answer=answer)
            return work.record(written.moved(GroupState.IN_REVIEW), "submitted")
        return _leaving(work, answer, tools)


def approve_group_answer(
    group_id: QuestionId, *, seen: int, actor: Actor, tools: CorrespondenceTools
) -> QuestionGroup:
    """What was submitted goes to all members as they were seen.

    Raises:
        NotAllowed: the actor may not approve, or wrote it.
        NotFound, Conflict.
    """
    actor.require(Permission.APPROVE_ANSWER)
    with change(group_id, seen=seen, actor=actor, storage=tools.publishing.storage) as work:
        answer = _in_review(work.group)
        if answer.by == actor.name:
            raise NotAllowed("提交人不能审核自己的答复，请换一位审核人")
        return _leaving(work, replace(answer, approved_by=actor.name), tools)


def take_back_group_answer(
    group_id: QuestionId, *, actor: Actor, storage: Storage, seen: int | None = None
) -> QuestionGroup:
    """Nobody gets it: the group is open again, with the words as a draft (撤销).

    Raises:
        NotAllowed, NotFound.
        Conflict: it is not on its way, or has begun to leave.
    """
    if not actor.may(Permission.APPROVE_ANSWER):
        actor.require(Permission.HANDLE_CASES)
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        answer = work.group.answer
        if answer is None or not work.group.can_be_taken_back(work.now):
            raise Conflict("统一答复已经开始发出，或者还没有写，不能撤销。需要更正请再答复一次")
        back = replace(work.group, answer=replace(answer, leaves_at=None, approved_by=""))
        return work.record(back.moved(GroupState.OPEN), "taken_back", written_by=answer.by)


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


def _leaving(work: GroupWork, answer: GroupAnswer, tools: CorrespondenceTools) -> QuestionGroup:
    leaves_at = work.now + timedelta(seconds=tools.undo_seconds) if tools.undo_seconds else None
    leaving = replace(work.group, answer=replace(answer, leaves_at=leaves_at))
    return work.record(leaving.moved(GroupState.ANSWERING), "answered", written_by=answer.by)


def asked_in(group_id: QuestionId, storage: Storage) -> Sequence[str]:
    """What the group is called, and what its first members wrote."""
    with storage.look() as uow:
        name = uow.questions.get(group_id).name
        members = uow.questions.members(group_id)[:MOST_READ]
        return [name, *(uow.replies.get(member.reply).incoming.text for member in members)]


def _needs_review(work: GroupWork) -> bool:
    members = work.uow.questions.members(work.group.id)
    cases = (work.uow.cases.of_reply(member.reply) for member in members if member.awaits_answer)
    return any(case is not None and case.deadline.needs_review for case in cases)


def _in_review(group: QuestionGroup) -> GroupAnswer:
    if group.state is not GroupState.IN_REVIEW or group.answer is None:
        raise Conflict("这一组提问没有等待审核的答复，请刷新后再看")
    return group.answer
