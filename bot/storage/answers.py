"""What staff wrote back, as rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, or_, select, tuple_, update

from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, AnswerId, ReplyId
from bot.domain.publishing.journal import Failure
from bot.domain.replies.answer import STANDING, Answer, AnswerContent, AnswerState, Way
from bot.domain.replies.reply import LinkCard, ReplyKind
from bot.domain.replies.window import Exchange, Interaction
from bot.ports.answer_storage import Follower
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.open_replies import dealt_with, open_again
from bot.storage.statements import insert_new
from bot.storage.tables import answers, replies

_c, _r = answers.c, replies.c


class SqlAnswers:
    """Keeps the promises of `ports.answer_storage.Answers`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def add(self, answer: Answer) -> None:
        taken = f"答复 {answer.id} 已经存在"
        insert_new(self._connection, answers, _values(answer), taken=taken)
        self._mark(answer)

    def save(self, answer: Answer) -> None:
        """A save answers the bell: the answer may ring at once."""
        save = update(answers).where(_c.id == answer.id).values(**_values(answer), rung_at=None)
        if self._connection.execute(save).rowcount == 0:
            raise NotFound("答复", answer.id)
        self._mark(answer)

    def _mark(self, answer: Answer) -> None:
        mark = dealt_with if answer.state in STANDING else open_again
        mark(self._connection, [answer.reply])

    def get(self, answer: AnswerId) -> Answer:
        found = self.find(answer)
        if found is None:
            raise NotFound("答复", answer)
        return found

    def find(self, answer: AnswerId) -> Answer | None:
        row = self._connection.execute(select(answers).where(_c.id == answer)).first()
        return None if row is None else _answer(row)

    def claim(self, answer: AnswerId) -> Answer:
        wanted = select(answers).where(_c.id == answer).with_for_update()
        row = self._connection.execute(wanted).first()
        if row is None:
            raise NotFound("答复", answer)
        return _answer(row)

    def of_replies(self, replies: Sequence[ReplyId]) -> Sequence[Answer]:
        wanted = select(answers).where(_c.reply_id.in_(replies))
        ordered = wanted.order_by(_c.written_at, _c.id)
        return [_answer(row) for row in self._connection.execute(ordered)]

    def moving(self, account: AccountId) -> Sequence[Answer]:
        wanted = select(answers).where(_c.account_id == account, _c.next_at.is_not(None))
        return [_answer(row) for row in self._connection.execute(wanted.order_by(_c.id))]

    def standing(self, *states: AnswerState) -> Sequence[Answer]:
        wanted = select(answers).where(_c.state.in_(states)).order_by(_c.written_at, _c.id)
        return [_answer(row) for row in self._connection.execute(wanted)]

    def take_due(
        self, *, limit: int, ring_again_seconds: float
    ) -> Sequence[tuple[AccountId, AnswerId]]:
        now = self._clock.now(self._connection)
        rung_before = now - timedelta(seconds=ring_again_seconds)
        due = select(_c.id).where(
            _c.next_at <= now, or_(_c.rung_at.is_(None), _c.rung_at <= rung_before)
        )
        first = due.order_by(_c.next_at).limit(limit).with_for_update(skip_locked=True)
        mark = update(answers).where(_c.id.in_(first.scalar_subquery())).values(rung_at=now)
        rows = self._connection.execute(mark.returning(_c.account_id, _c.id, _c.next_at)).all()
        in_order = sorted(rows, key=lambda row: (row.next_at, row.id))
        return [(AccountId(row.account_id), AnswerId(row.id)) for row in in_order]

    def exchanges(
        self,
        followers: Collection[Follower],
        *,
        since: datetime,
        besides: AnswerId | None = None,
    ) -> Mapping[Follower, Exchange]:
        theirs = tuple_(_r.account_id, _r.sender).in_(sorted(followers))
        acts = select(*_WHO, _r.kind, _r.type_name, _r.said_at).where(theirs, _r.said_at >= since)
        is_waiting = _c.state == AnswerState.WAITING
        letters = (
            select(*_WHO, _c.state, _c.started_at)
            .join_from(answers, replies, _r.id == _c.reply_id)
            .where(theirs, _c.way == Way.LETTER, _c.state.in_(STANDING), _c.id != (besides or ""))
            .where(or_(is_waiting, _c.started_at >= since))
        )
        now = self._clock.now(self._connection)
        said: dict[Follower, list[Interaction]] = {one: [] for one in followers}
        written: dict[Follower, list[datetime]] = {one: [] for one in followers}
        for act in self._connection.execute(acts):
            if act.kind in _ACTS:
                said[_follower(act)].append(Interaction(_what(act), act.said_at))
        for letter in self._connection.execute(letters):
            is_now = letter.state == AnswerState.WAITING
            written[_follower(letter)].append(now if is_now else letter.started_at)
        return {one: Exchange(said[one], written[one]) for one in followers}


_WHO = (_r.account_id, _r.sender)


def _follower(row: Any) -> Follower:
    return AccountId(row.account_id), row.sender


_ACTS = frozenset({ReplyKind.MESSAGE, ReplyKind.PRIVATE_MESSAGE, ReplyKind.EVENT})


def _what(row: Any) -> str:
    return str(row.type_name).lower() if row.kind == ReplyKind.EVENT else "message"


def _values(answer: Answer) -> dict[str, Any]:
    content, failure = answer.content, answer.failure
    return {
        "id": answer.id,
        "reply_id": answer.reply,
        "account_id": answer.account,
        "way": answer.way,
        "state": answer.state,
        "by": answer.by,
        "text": content.text,
        "card": encode(LinkCard, content.card) if content.card else None,
        "article": content.article,
        "written_at": answer.written_at,
        "next_at": answer.next_at,
        "attempts": answer.attempts,
        "looks": answer.looks,
        "started_at": answer.started_at,
        "deadline_at": answer.deadline_at,
        "finished_at": answer.finished_at,
        "failure": encode(Failure, failure) if failure else None,
        "erased_at": answer.erased_at,
    }


def _answer(row: Row[Any]) -> Answer:
    card = decode(LinkCard, row.card) if row.card else None
    return Answer(
        id=AnswerId(row.id),
        reply=ReplyId(row.reply_id),
        account=AccountId(row.account_id),
        way=Way(row.way),
        content=AnswerContent(row.text, card, row.article),
        by=row.by,
        written_at=row.written_at,
        state=AnswerState(row.state),
        next_at=row.next_at,
        attempts=row.attempts,
        looks=row.looks,
        started_at=row.started_at,
        deadline_at=row.deadline_at,
        finished_at=row.finished_at,
        failure=decode(Failure, row.failure) if row.failure else None,
        erased_at=row.erased_at,
    )
