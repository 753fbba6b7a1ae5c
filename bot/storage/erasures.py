"""Erasing followers' data, and the record of whose data was erased."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)

from bot.domain.audit import keyed_hash
from bot.domain.cases.disclosure import Application
from bot.domain.cases.retention import Stream
from bot.domain.ids import AccountId, CaseId, ErasureId
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.erasure import Erased, Erasure, ErasureReason
from bot.domain.replies.reply import Reply, ReplyKind
from bot.domain.topics.record import MediaQuestion
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.reply_index import unfile
from bot.storage.reply_rows import reply_of
from bot.storage.retention import ERASING, IS_HELD, received
from bot.storage.statements import take_turn, upsert
from bot.storage.tables import (
    answers,
    case_applications,
    case_events,
    comment_standings,
    erasures,
    media_questions,
    replies,
    search_misses,
    set_asides,
    topic_sightings,
)
from bot.storage.tables import cases as case_table

_e, _r, _a, _c = erasures.c, replies.c, answers.c, case_table.c

REPLY_TOMBSTONE = frozenset(
    {"id", "account_id", "channel", "kind", "type_name", "said_at", "received_at", "post_id"}
    | {"times_received", "is_known_type", "answer_rule", "number"}
)
ANSWER_TOMBSTONE = frozenset(
    {"id", "reply_id", "account_id", "way", "by", "written_at", "rung_at", "attempts", "looks"}
    | {"started_at", "deadline_at", "finished_at"}
)
"""Columns a tombstone keeps. Any other is emptied, so that a column that comes later is too."""


class SqlErasures:
    """Keeps the promises of `ports.answer_storage.Erasures`; `key` hashes what tombstones keep."""

    def __init__(self, connection: Connection, clock: DatabaseClock, *, key: bytes) -> None:
        self._connection = connection
        self._clock = clock
        self._key = key

    def add(self, erasure: Erasure) -> None:
        insert = upsert(self._connection.dialect.name, erasures).values(**_values(erasure))
        self._connection.execute(insert.on_conflict_do_nothing())

    def save(self, erasure: Erasure) -> None:
        save = update(erasures).where(_e.id == erasure.id).values(**_values(erasure))
        self._connection.execute(save)

    def due(self, *, limit: int = 20) -> Sequence[Erasure]:
        now = self._clock.now(self._connection)
        wanted = select(erasures).where(_e.done_at.is_(None), _e.due_at <= now)
        rows = self._connection.execute(wanted.order_by(_e.due_at, _e.id).limit(limit))
        return [_erasure(row) for row in rows]

    def events(
        self, account: AccountId, *, after: datetime | None, until: datetime, limit: int
    ) -> Sequence[Reply]:
        wanted = select(replies).where(
            _r.account_id == account, _r.kind == ReplyKind.EVENT, _r.received_at <= until
        )
        if after is not None:
            wanted = wanted.where(_r.received_at > after)
        ordered = wanted.order_by(_r.received_at, _r.id).limit(limit)
        return [reply_of(row) for row in self._connection.execute(ordered)]

    def erase_follower(
        self, account: AccountId, follower: str, *, until: datetime, limit: int
    ) -> Erased:
        theirs = (_r.account_id == account, _r.sender == follower, _r.said_at <= until)
        return self._erase(_kept(*theirs).order_by(_r.said_at).limit(limit))

    def is_held(self, account: AccountId, follower: str, *, until: datetime) -> bool:
        theirs = (_r.account_id == account, _r.sender == follower, _r.said_at <= until)
        return self._connection.scalar(select(_r.id).where(*theirs, IS_HELD).limit(1)) is not None

    def erase_received(self, stream: Stream, *, after: datetime | None, limit: int) -> Erased:
        return self._erase(_over(stream, after).order_by(_r.received_at).limit(limit))

    def count_received(self, stream: Stream, *, after: datetime | None) -> int:
        found = _over(stream, after).subquery()
        return self._connection.scalar(select(func.count()).select_from(found)) or 0

    def erase_cases(self, cases: Sequence[CaseId], *, rule: str) -> Erased:
        about = select(_c.reply_id).where(_c.id.in_(cases), _c.reply_id.is_not(None))
        erased = self._erase(_kept(_r.id.in_(about)))
        emptied = self._empty_cases(_c.id.in_(cases), rule=rule)
        return replace(erased, cases=emptied)

    def _erase(self, wanted: Select[Any]) -> Erased:
        take_turn(self._connection, ERASING)
        rows = self._connection.execute(wanted).all()
        if not rows:
            return Erased()
        now = self._clock.now(self._connection)
        ids = [row.id for row in rows]
        unfile(self._connection, ids)
        # Answers first, as by those who send them.
        answered = self._erase_answers(ids, now)
        leave = (
            update(replies)
            .where(_r.id == bindparam("reply"))
            .values(key=bindparam("tombstone"), erased_at=now, **_emptied(replies, REPLY_TOMBSTONE))
        )
        marks = [
            {"reply": row.id, "tombstone": keyed_hash(self._key, row.account_id, row.key)}
            for row in rows
        ]
        self._connection.execute(leave, marks)
        self._connection.execute(
            delete(comment_standings).where(comment_standings.c.reply_id.in_(ids))
        )
        self._connection.execute(delete(set_asides).where(set_asides.c.reply_id.in_(ids)))
        missed = delete(search_misses).where(search_misses.c.reply_id.in_(ids))
        self._connection.execute(missed)
        spoken = delete(topic_sightings).where(topic_sightings.c.reply_id.in_(ids))
        self._connection.execute(spoken)
        self._empty_cases(_c.reply_id.in_(ids), rule="")
        return Erased(len(rows), answered, max(r.received_at for r in rows))

    def _empty_cases(self, own: ColumnElement[bool], *, rule: str) -> int:
        """A case stays with its times and steps; what was written to it may quote the asker."""
        now = self._clock.now(self._connection)
        nothing = {"subject": "", "draft": None, "answer_text": "", "care": None}
        gone = {"erased_at": now, "erased_by": rule}
        emptied = update(case_table).where(own).values(**nothing, **gone)
        self._empty_beside(own)
        theirs = case_events.c.case_id.in_(select(_c.id).where(own))
        self._connection.execute(update(case_events).where(theirs).values(note=""))
        return self._connection.execute(emptied).rowcount

    def _empty_beside(self, own: ColumnElement[bool]) -> None:
        """What was written down beside cases: questions of the press, reasons of pauses."""
        theirs = select(_c.id).where(own)
        for table, kind, emptied in _BESIDE:
            rows = select(table.c.case_id, table.c.body).where(table.c.case_id.in_(theirs))
            for case_id, body in self._connection.execute(rows).all():
                left = encode(kind, emptied(decode(kind, body)))
                change = update(table).where(table.c.case_id == case_id).values(body=left)
                self._connection.execute(change)

    def _erase_answers(self, ids: Sequence[str], now: datetime) -> int:
        unsent = (_a.state.in_((AnswerState.WAITING, AnswerState.UNKNOWN)), AnswerState.REFUSED)
        erase = (
            update(answers)
            .where(_a.reply_id.in_(ids), _a.erased_at.is_(None))
            .values(
                erased_at=now,
                state=case(unsent, else_=_a.state),
                # Who sends it just now comes back to say so; nobody else has anything to do.
                next_at=case((_a.state == AnswerState.SENDING, _a.next_at), else_=None),
                **_emptied(answers, ANSWER_TOMBSTONE),
            )
        )
        return self._connection.execute(erase).rowcount


def _without_reasons(application: Application) -> Application:
    pauses = tuple(replace(pause, reason="") for pause in application.pauses)
    return replace(application, pauses=pauses)


_BESIDE: tuple[tuple[Table, Any, Callable[[Any], Any]], ...] = (
    (media_questions, MediaQuestion, lambda question: replace(question, question="")),
    (case_applications, Application, _without_reasons),
)
_SET_APART = frozenset({"key", "erased_at", "state", "next_at"})


def _emptied(table: Table, kept: frozenset[str]) -> dict[str, str | None]:
    """Nothing in every column that is not kept."""
    columns = (column for column in table.columns if column.name not in kept | _SET_APART)
    return {column.name: None if column.nullable else "" for column in columns}


def _kept(*conditions: ColumnElement[bool]) -> Select[Any]:
    wanted = select(_r.id, _r.account_id, _r.key, _r.received_at)
    return wanted.where(*conditions, _r.erased_at.is_(None), ~IS_HELD)


def _over(stream: Stream, after: datetime | None) -> Select[Any]:
    begun = [_r.received_at >= after] if after is not None else []
    return _kept(*received(stream), *begun)


def _values(erasure: Erasure) -> dict[str, Any]:
    return {
        "id": erasure.id,
        "account_id": erasure.account,
        "follower": erasure.follower,
        "pseudonym": erasure.pseudonym,
        "reason": erasure.reason,
        "until": erasure.until,
        "due_at": erasure.due_at,
        "asked_by": erasure.asked_by,
        "done_at": erasure.done_at,
        "replies": erasure.replies,
        "answers": erasure.answers,
    }


def _erasure(row: Row[Any]) -> Erasure:
    return Erasure(
        id=ErasureId(row.id),
        account=AccountId(row.account_id),
        follower=row.follower,
        pseudonym=row.pseudonym,
        reason=ErasureReason(row.reason),
        until=row.until,
        due_at=row.due_at,
        asked_by=row.asked_by,
        done_at=row.done_at,
        replies=row.replies,
        answers=row.answers,
    )
