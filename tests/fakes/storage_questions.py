"""In-memory questions that many ask."""

from collections.abc import Sequence

from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.group import GroupState, Member, QuestionGroup, Standing
from bot.domain.replies.answer import Way
from bot.domain.replies.reply import Incoming, Reply, ReplyKind
from bot.ports.question_storage import GroupCount
from tests.fakes.storage_state import State


class FakeQuestions:
    """Groups by id, members by group and reply; a reply's number is its place among the filed."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, group: QuestionGroup) -> None:
        if group.id in self._state.questions:
            raise Conflict("这一组提问已经存在")
        self._state.questions[group.id] = group

    def save(self, group: QuestionGroup) -> None:
        self.get(group.id)
        self._state.questions[group.id] = group

    def get(self, group: QuestionId) -> QuestionGroup:
        if group not in self._state.questions:
            raise NotFound("这一组提问", group)
        return self._state.questions[group]

    def claim(self, group: QuestionId) -> QuestionGroup:
        return self.get(group)

    def put_member(self, member: Member) -> None:
        stands = self.member_of(member.reply)
        is_out = member.standing is Standing.TAKEN_OUT
        if stands is not None and stands.group != member.group and not is_out:
            raise Conflict("这条留言已经在另一组提问里，请先从那一组移出")
        self._state.question_members[member.group, member.reply] = member

    def members(self, group: QuestionId) -> Sequence[Member]:
        own = [m for m in self._state.question_members.values() if m.group == group]
        return sorted(own, key=lambda m: (m.proposed_at, m.reply))

    def member(self, group: QuestionId, reply: ReplyId) -> Member | None:
        return self._state.question_members.get((group, reply))

    def begun_with(self, group: QuestionId) -> ReplyId:
        members = self.members(group)
        left = [m for m in members if m.standing is not Standing.TAKEN_OUT]
        return (left or members)[0].reply

    def has_told(self, group: QuestionId, asker: Incoming) -> bool:
        replies = {reply.id: reply.incoming for reply in self._state.replies.values()}
        return any(
            (replies[m.reply].account, replies[m.reply].sender) == (asker.account, asker.sender)
            for m in self.members(group)
            if m.answer and self._state.answers[m.answer].way is Way.LETTER
        )

    def member_of(self, reply: ReplyId) -> Member | None:
        standing = (m for m in self._state.question_members.values() if m.reply == reply)
        return next((m for m in standing if m.standing is not Standing.TAKEN_OUT), None)

    def counts(
        self, *, states: Sequence[GroupState] = (), limit: int = 100
    ) -> Sequence[GroupCount]:
        found = [g for g in self._state.questions.values() if not states or g.state in states]
        newest = sorted(found, key=lambda g: (g.proposed_at, g.id), reverse=True)
        counted = [self.count(group.id) for group in newest]
        return [count for count in counted if count.replies][:limit]

    def count(self, group: QuestionId) -> GroupCount:
        left = [m for m in self.members(group) if m.standing is not Standing.TAKEN_OUT]
        replies = {reply.id: reply for reply in self._state.replies.values()}
        said = [replies[m.reply] for m in left]
        askers = {(r.incoming.account, r.incoming.sender or r.id) for r in said}
        times = [r.incoming.said_at for r in said]
        confirmed = sum(m.standing is Standing.CONFIRMED for m in left)
        first, last = (min(times), max(times)) if times else (None, None)
        return GroupCount(self.get(group), len(left), confirmed, len(askers), first, last)

    def awaiting_answer(self, *, limit: int) -> Sequence[tuple[QuestionId, ReplyId]]:
        waiting = [
            (self.get(m.group).proposed_at, m.proposed_at, m.reply, m.group)
            for m in self._state.question_members.values()
            if m.awaits_answer and self.get(m.group).state is GroupState.ANSWERING
        ]
        return [(group, reply) for _, _, reply, group in sorted(waiting)][:limit]

    def is_settled(self, group: QuestionId) -> bool:
        return not any(member.awaits_answer for member in self.members(group))

    def looked_at(self) -> int:
        return self._state.question_progress.get("looked at", 0)

    def look_on(self, number: int) -> None:
        self._state.question_progress["looked at"] = number

    def filed_after(self, number: int, *, limit: int) -> Sequence[tuple[int, Reply]]:
        replies = {reply.id: reply for reply in self._state.replies.values()}
        numbered = [(n, replies[ReplyId(r)]) for n, r in enumerate(self._state.filed, 1)]
        return [
            (n, reply)
            for n, reply in numbered
            if n > number and reply.incoming.kind is not ReplyKind.EVENT and not reply.erased_at
        ][:limit]
