"""Propose that replies ask the same, after they were filed for searching; a person decides."""

from collections.abc import Sequence

from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.group import GroupState, Member, QuestionGroup, asks_something
from bot.domain.replies.likeness import SAME_QUESTION, are_told_apart
from bot.domain.replies.reply import Reply
from bot.ports.similar import Similar
from bot.ports.storage import UnitOfWork
from bot.usecases.questions.raise_demand import missed_by, note_asked, note_miss
from bot.usecases.questions.tools import GroupingTools, is_open

REPLIES_A_VISIT = 200
_TAKES_IN = frozenset({GroupState.OPEN, GroupState.IN_REVIEW})


def propose_groups(tools: GroupingTools) -> int:
    """Look at what was filed since last time, the oldest first; returns how many replies were
    proposed for a group. Who is stopped goes on where they were; two at once do it once.

    Looking for likeness has a bounded cost and happens outside of any transaction."""
    with tools.storage.begin() as uow:
        waiting = uow.questions.filed_after(uow.questions.looked_at(), limit=REPLIES_A_VISIT)
    return sum(_looked_at(number, reply, tools) for number, reply in waiting)


def _looked_at(number: int, reply: Reply, tools: GroupingTools) -> bool:
    similar, missed = _similar(reply, tools), missed_by(reply, tools.search)
    with tools.storage.begin() as uow:
        if uow.questions.looked_at() >= number:
            return False
        proposed = bool(similar) and _is_proposed(uow, reply, similar, tools)
        if missed is not None:
            note_miss(uow, missed, reply, tools.new_id)
        uow.questions.look_on(number)
        uow.commit()
    return proposed


def _similar(reply: Reply, tools: GroupingTools) -> list[Similar]:
    if reply.answered is not None or not asks_something(reply.incoming.text):
        return []
    found = tools.likeness.find_similar(reply.incoming.text)
    return [s for s in found if s.reply != reply.id and s.likeness >= SAME_QUESTION]


def _is_proposed(
    uow: UnitOfWork, reply: Reply, similar: Sequence[Similar], tools: GroupingTools
) -> bool:
    if uow.questions.member_of(reply.id) is not None or not is_open(uow, reply):
        return False
    for one in similar:
        group = _group_of(uow, one.reply, reply)
        if group is not None:
            uow.questions.put_member(Member(group, reply.id, one.likeness, uow.now()))
            note_asked(uow, group, tools.new_id)
            return True
    for one in similar:
        if uow.questions.member_of(one.reply) is None and is_open(uow, uow.replies.get(one.reply)):
            group = QuestionId(tools.new_id("qst"))
            _begin(uow, group, reply, one)
            note_asked(uow, group, tools.new_id)
            return True
    return False


def _group_of(uow: UnitOfWork, member: ReplyId, reply: Reply) -> QuestionId | None:
    """The group of a like reply, if it still takes in: not one that this reply was taken out of,
    nor one that began with a question which its own words tell apart."""
    standing = uow.questions.member_of(member)
    if standing is None or uow.questions.get(standing.group).state not in _TAKES_IN:
        return None
    if uow.questions.member(standing.group, reply.id) is not None:
        return None
    first = uow.replies.get(uow.questions.begun_with(standing.group))
    return None if are_told_apart(reply.incoming.text, first.incoming.text) else standing.group


def _begin(uow: UnitOfWork, group: QuestionId, reply: Reply, like: Similar) -> None:
    now = uow.now()
    uow.questions.add(QuestionGroup(group, now))
    uow.questions.put_member(Member(group, like.reply, like.likeness, now))
    uow.questions.put_member(Member(group, reply.id, like.likeness, now))
