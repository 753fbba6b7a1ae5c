"""A person says which replies ask a group's question, and which do not."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import Conflict, InvalidInput, NotFound, Problem
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.questions.group import Member, QuestionGroup, Standing
from bot.ports.storage import Storage
from bot.usecases.questions.tools import GroupWork, change, is_open, require_some


def confirm_members(
    group_id: QuestionId,
    replies: Sequence[ReplyId],
    *,
    actor: Actor,
    storage: Storage,
    name: str = "",
    seen: int | None = None,
) -> QuestionGroup:
    """These ask it: they will get its answer. A reply that nobody proposed can be put in, too.
    A `name` that is given becomes the group's.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: nothing is chosen.
        Conflict: the group is being answered, the reply stands in another group, or nobody waits
            for an answer to it.
    """
    actor.require(Permission.HANDLE_CASES)
    require_some(replies)
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        work.group.require_open()
        known = {member.reply: member for member in work.uow.questions.members(group_id)}
        for reply in replies:
            _confirm(work, known.get(reply) or Member(group_id, reply, 0.0, work.now))
        named = replace(work.group, name=name.strip() or work.group.name)
        return work.record(named, "confirmed", replies=" ".join(replies))


def take_out_members(
    group_id: QuestionId,
    replies: Sequence[ReplyId],
    *,
    actor: Actor,
    storage: Storage,
    seen: int | None = None,
) -> QuestionGroup:
    """These ask something else. They are not proposed for this group again.

    Raises:
        NotAllowed, InvalidInput.
        NotFound: there is no such group, or it has no such member.
        Conflict: the group is being answered.
    """
    actor.require(Permission.HANDLE_CASES)
    require_some(replies)
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        work.group.require_open()
        known = {member.reply: member for member in work.uow.questions.members(group_id)}
        for reply in replies:
            if reply not in known:
                raise NotFound("这一组里的留言", reply)
            _judge(work, known[reply], Standing.TAKEN_OUT)
        return work.record(work.group, "taken_out", replies=" ".join(replies))


def name_group(
    group_id: QuestionId, name: str, *, actor: Actor, storage: Storage, seen: int | None = None
) -> QuestionGroup:
    """What staff call the question.

    Raises:
        NotAllowed, NotFound, Conflict.
        InvalidInput: no words.
    """
    actor.require(Permission.HANDLE_CASES)
    if not name.strip():
        raise InvalidInput([Problem("name", "请填写这一组提问的名称")])
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        return work.record(replace(work.group, name=name.strip()), "named")


def _confirm(work: GroupWork, member: Member) -> None:
    if not is_open(work.uow, work.uow.replies.get(member.reply)):
        raise Conflict(f"留言 {member.reply} 已经答复、已办结或者登记为无需答复，不需要放进这一组")
    case = work.uow.cases.of_reply(member.reply)
    if case is not None and case.care is not None:
        raise Conflict(f"办理件 {case.number} 是敏感件，须单独答复，不能放进统一答复")
    _judge(work, member, Standing.CONFIRMED)


def _judge(work: GroupWork, member: Member, standing: Standing) -> None:
    work.uow.questions.put_member(replace(member, standing=standing, judged_by=work.actor.name))
