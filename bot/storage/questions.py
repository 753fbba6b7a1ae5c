"""Questions that many ask, as rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, select, update

from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AnswerId, QuestionId, ReplyId
from bot.domain.questions.group import GroupAnswer, GroupState, Member, QuestionGroup, Standing
from bot.domain.replies.answer import Way
from bot.domain.replies.reply import Incoming, Reply, ReplyKind
from bot.ports.question_storage import GroupCount
from bot.storage.encoding import decode, encode
from bot.storage.reply_rows import reply_of
from bot.storage.statements import insert_new, take_turn, upsert
from bot.storage.tables import answers, question_members, question_progress, questions, replies

_q, _m, _r = questions.c, question_members.c, replies.c
_TURN = "grouping replies"
_LOOKED = "looked at"
_STANDS = _m.standing != Standing.TAKEN_OUT
_AWAITS = (_m.standing == Standing.CONFIRMED, _m.answer_id.is_(None), _m.why_not == "")


class SqlQuestions:
    """Keeps the promises of `ports.question_storage.Questions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, group: QuestionGroup) -> None:
        insert_new(self._connection, questions, _values(group), taken="这一组提问已经存在")

    def save(self, group: QuestionGroup) -> None:
        save = update(questions).where(_q.id == group.id).values(**_values(group))
        if self._connection.execute(save).rowcount == 0:
            raise NotFound("这一组提问", group.id)

    def get(self, group: QuestionId) -> QuestionGroup:
        return self._found(select(questions).where(_q.id == group), group)

    def claim(self, group: QuestionId) -> QuestionGroup:
        return self._found(select(questions).where(_q.id == group).with_for_update(), group)

    def put_member(self, member: Member) -> None:
        stands = self.member_of(member.reply)
        is_out = member.standing is Standing.TAKEN_OUT
        if stands is not None and stands.group != member.group and not is_out:
            raise Conflict("这条留言已经在另一组提问里，请先从那一组移出")
        values = _member_values(member)
        put = upsert(self._connection.dialect.name, question_members).values(**values)
        keys = ["question_id", "reply_id"]
        self._connection.execute(put.on_conflict_do_update(index_elements=keys, set_=values))
        self._count_again(member.group)

    def members(self, group: QuestionId) -> Sequence[Member]:
        wanted = select(question_members).where(_m.question_id == group)
        ordered = wanted.order_by(_m.proposed_at, _m.reply_id)
        return [_member(row) for row in self._connection.execute(ordered)]

    def member(self, group: QuestionId, reply: ReplyId) -> Member | None:
        own = select(question_members).where(_m.question_id == group, _m.reply_id == reply)
        row = self._connection.execute(own).first()
        return _member(row) if row else None

    def begun_with(self, group: QuestionId) -> ReplyId:
        own = select(_m.reply_id).where(_m.question_id == group)
        first = own.order_by(case((_STANDS, 0), else_=1), _m.proposed_at, _m.reply_id).limit(1)
        return ReplyId(self._connection.execute(first).scalar_one())

    def has_told(self, group: QuestionId, asker: Incoming) -> bool:
        told = (
            select(_m.reply_id)
            .join_from(question_members, answers, answers.c.id == _m.answer_id)
            .join(replies, _r.id == _m.reply_id)
            .where(
                _m.question_id == group,
                answers.c.way == Way.LETTER,
                _r.account_id == asker.account,
                _r.sender == asker.sender,
            )
        )
        return self._connection.execute(told.limit(1)).first() is not None

    def member_of(self, reply: ReplyId) -> Member | None:
        wanted = select(question_members).where(_m.reply_id == reply, _STANDS)
        row = self._connection.execute(wanted).first()
        return _member(row) if row else None

    def counts(
        self, *, states: Sequence[GroupState] = (), limit: int = 100
    ) -> Sequence[GroupCount]:
        wanted = COUNTED.where(_q.state.in_(states)) if states else COUNTED
        ordered = wanted.order_by(_q.proposed_at.desc(), _q.id.desc()).limit(limit)
        return [count_of(row) for row in self._connection.execute(ordered)]

    def count(self, group: QuestionId) -> GroupCount:
        row = self._connection.execute(COUNTED.where(_q.id == group)).first()
        return count_of(row) if row else GroupCount(self.get(group), 0, 0, 0, None, None)

    def is_settled(self, group: QuestionId) -> bool:
        left = select(_m.reply_id).where(_m.question_id == group, *_AWAITS).limit(1)
        return self._connection.execute(left).first() is None

    def awaiting_answer(self, *, limit: int) -> Sequence[tuple[QuestionId, ReplyId]]:
        wanted = (
            select(_m.question_id, _m.reply_id)
            .join_from(questions, question_members, _m.question_id == _q.id)
            .where(_q.state == GroupState.ANSWERING, *_AWAITS)
            .order_by(_q.proposed_at, _m.proposed_at, _m.reply_id)
            .limit(limit)
        )
        rows = self._connection.execute(wanted)
        return [(QuestionId(row.question_id), ReplyId(row.reply_id)) for row in rows]

    def looked_at(self) -> int:
        take_turn(self._connection, _TURN)
        wanted = select(question_progress.c.number).where(question_progress.c.name == _LOOKED)
        return self._connection.scalar(wanted) or 0

    def look_on(self, number: int) -> None:
        values = {"name": _LOOKED, "number": number}
        put = upsert(self._connection.dialect.name, question_progress).values(**values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=values))

    def filed_after(self, number: int, *, limit: int) -> Sequence[tuple[int, Reply]]:
        wanted = (
            select(replies)
            .where(_r.number > number, _r.kind != ReplyKind.EVENT, _r.erased_at.is_(None))
            .order_by(_r.number)
            .limit(limit)
        )
        return [(row.number, reply_of(row)) for row in self._connection.execute(wanted)]

    def _count_again(self, group: QuestionId) -> None:
        left = select(func.count()).where(_m.question_id == group, _STANDS).scalar_subquery()
        self._connection.execute(update(questions).where(_q.id == group).values(size=left))

    def _found(self, wanted: Select[Any], group: QuestionId) -> QuestionGroup:
        row = self._connection.execute(wanted).first()
        if row is None:
            raise NotFound("这一组提问", group)
        return _group(row)


# No account is part of a reply's id: two senders are the same where account and sender are.
_ASKER = case((_r.sender == "", _r.id), else_=_r.account_id.concat(" ").concat(_r.sender))
COUNTED: Select[Any] = (
    select(
        *questions.c,
        func.count().label("replies"),
        func.count(case((_m.standing == Standing.CONFIRMED, 1))).label("confirmed"),
        func.count(_ASKER.distinct()).label("askers"),
        func.min(_r.said_at).label("first_asked_at"),
        func.max(_r.said_at).label("last_asked_at"),
    )
    .select_from(questions)
    .join(question_members, _m.question_id == _q.id)
    .join(replies, _r.id == _m.reply_id)
    .where(_STANDS)
    .group_by(*questions.c)
)


def _values(group: QuestionGroup) -> dict[str, Any]:
    return {
        "id": group.id,
        "proposed_at": group.proposed_at,
        "name": group.name,
        "state": group.state,
        "answer": encode(GroupAnswer, group.answer) if group.answer else None,
        "version": group.version,
    }


def _group(row: Row[Any]) -> QuestionGroup:
    return QuestionGroup(
        id=QuestionId(row.id),
        proposed_at=row.proposed_at,
        name=row.name,
        state=GroupState(row.state),
        answer=decode(GroupAnswer, row.answer) if row.answer else None,
        version=row.version,
    )


def count_of(row: Row[Any]) -> GroupCount:
    """A row of `COUNTED`."""
    return GroupCount(
        _group(row), row.replies, row.confirmed, row.askers, row.first_asked_at, row.last_asked_at
    )


def _member_values(member: Member) -> dict[str, Any]:
    return {
        "question_id": member.group,
        "reply_id": member.reply,
        "likeness": member.likeness,
        "proposed_at": member.proposed_at,
        "standing": member.standing,
        "judged_by": member.judged_by,
        "answer_id": member.answer,
        "why_not": member.why_not,
    }


def _member(row: Row[Any]) -> Member:
    return Member(
        group=QuestionId(row.question_id),
        reply=ReplyId(row.reply_id),
        likeness=row.likeness,
        proposed_at=row.proposed_at,
        standing=Standing(row.standing),
        judged_by=row.judged_by,
        answer=AnswerId(row.answer_id) if row.answer_id else None,
        why_not=row.why_not,
    )
