"""A person puts groups in order: one becomes two, or two become one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.questions.demand import DemandKind
from bot.domain.questions.group import Member, QuestionGroup, Standing
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.questions.raise_demand import note_asked
from bot.usecases.questions.tools import GroupWork, change, require_some


def split_group(
    group_id: QuestionId,
    replies: Sequence[ReplyId],
    *,
    actor: Actor,
    storage: Storage,
    ids: Ids,
    name: str = "",
    seen: int | None = None,
) -> QuestionGroup:
    """These ask one question of their own: a new group, in which they are confirmed. They are not
    proposed for the old one again.

    Raises:
        NotAllowed, InvalidInput.
        NotFound: there is no such group, or a reply does not stand in it.
        Conflict: the group is being answered, or has changed since it was seen.
    """
    actor.require(Permission.HANDLE_CASES)
    require_some(replies)
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        work.group.require_open()
        standing = {member.reply: member for member in _standing(work.uow, group_id)}
        missing = next((reply for reply in replies if reply not in standing), None)
        if missing is not None:
            raise NotFound("这一组里的留言", missing)
        begun = QuestionGroup(QuestionId(ids.new("qst")), work.now, name.strip())
        work.uow.questions.add(begun)
        for reply in replies:
            _moved(work, standing[reply], begun.id, Standing.CONFIRMED)
        work.record(work.group, "split", into=begun.id, replies=" ".join(replies))
        return GroupWork(work.uow, begun, actor).record(begun, "begun", of=group_id)


def join_groups(
    group_id: QuestionId,
    into: QuestionId,
    *,
    actor: Actor,
    storage: Storage,
    ids: Ids,
    seen: int | None = None,
) -> QuestionGroup:
    """Both ask the same: every reply of the first stands in the second from now on, as it stood
    before, and so does a demand that was raised for the first alone. Returns the second.

    Raises:
        NotAllowed, NotFound.
        Conflict: they are one group, one of them is being answered, or the first has changed
            since it was seen.
    """
    actor.require(Permission.HANDLE_CASES)
    if group_id == into:
        raise Conflict("不能把一组提问并入它自己，请选择另一组")
    with change(group_id, seen=seen, actor=actor, storage=storage) as work:
        other = work.uow.questions.claim(into)
        for each in (work.group, other):
            each.require_open()
        for member in _standing(work.uow, group_id):
            _moved(work, member, into, member.standing)
        _take_demand_along(work.uow, group_id, into)
        note_asked(work.uow, into, ids.new)
        work.record(work.group, "joined", into=into)
        return GroupWork(work.uow, other, actor).record(other, "took_in", taken=group_id)


def _standing(uow: UnitOfWork, group: QuestionId) -> Sequence[Member]:
    members = uow.questions.members(group)
    return [member for member in members if member.standing is not Standing.TAKEN_OUT]


def _moved(work: GroupWork, member: Member, to: QuestionId, standing: Standing) -> None:
    out = replace(member, standing=Standing.TAKEN_OUT, judged_by=work.actor.name)
    work.uow.questions.put_member(out)
    judge = member.judged_by if standing is Standing.PROPOSED else work.actor.name
    work.uow.questions.put_member(replace(member, group=to, standing=standing, judged_by=judge))


def _take_demand_along(uow: UnitOfWork, group: QuestionId, into: QuestionId) -> None:
    own = uow.demands.of_subject(DemandKind.QUESTION, group)
    if own is not None and uow.demands.of_subject(DemandKind.QUESTION, into) is None:
        uow.demands.save(replace(own, subject=into))
