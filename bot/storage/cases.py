"""Cases with their history, marks, claims and applications, as rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    tuple_,
    update,
)

from bot.domain.cases.case import Case, Channel
from bot.domain.cases.claim import Claim
from bot.domain.cases.clock import Mark, MarkKind
from bot.domain.cases.disclosure import Application
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.cases.retention import Reach
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, CaseId, ReplyId
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.reply import Reply, ReplyKind
from bot.storage.case_rows import case_of, case_values
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.open_replies import dealt_with
from bot.storage.reply_rows import reply_of
from bot.storage.retention import over
from bot.storage.statements import insert_new, upsert
from bot.storage.tables import (
    answers,
    case_applications,
    case_claims,
    case_events,
    case_marks,
    cases,
    replies,
)
from bot.storage.tables.cases import UNTOLD

_c, _m, _e, _r = cases.c, case_marks.c, case_events.c, replies.c
_LOOKED_UP_DAYS = timedelta(days=180)
"""After so long nobody is told unasked of what they once asked."""
_TAKEN = "这条留言已经受理，或者受理编号重复，请刷新后再试"


class SqlCases:
    """Keeps the promises of `ports.case_storage.Cases`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def add(self, case: Case) -> None:
        asked_at = select(_r.received_at).where(_r.id == case.reply).scalar_subquery()
        values = case_values(case) | {"asked_at": asked_at}
        insert_new(self._connection, cases, values, taken=_TAKEN)
        if case.reply is not None:
            dealt_with(self._connection, [case.reply])
        self._set_marks(case)

    def save(self, case: Case) -> None:
        save = update(cases).where(_c.id == case.id).values(**case_values(case))
        if self._connection.execute(save).rowcount == 0:
            raise NotFound("办理件", case.id)
        unnoted = (_m.case_id == case.id, _m.noted_at.is_(None))
        self._connection.execute(delete(case_marks).where(*unnoted))
        self._set_marks(case)

    def get(self, case: CaseId) -> Case:
        return self._found(select(cases).where(_c.id == case), case)

    def claim(self, case: CaseId) -> Case:
        return self._found(select(cases).where(_c.id == case).with_for_update(), case)

    def handled_by(self, login: str, *, limit: int) -> Sequence[Case]:
        running = select(cases).where(_c.handler == login, text("cases.is_running"))
        rows = self._connection.execute(running.order_by(_c.due_at, _c.id).limit(limit))
        return [case_of(row) for row in rows]

    def by_number(self, number: str) -> Case | None:
        return self._first(select(cases).where(_c.number == number))

    def of_reply(self, reply: ReplyId) -> Case | None:
        return self._first(select(cases).where(_c.reply_id == reply))

    def held(self) -> Sequence[Case]:
        wanted = select(cases).where(_c.hold.is_not(None)).order_by(_c.changed_at.desc(), _c.id)
        return [case_of(row) for row in self._connection.execute(wanted)]

    def over(self, reach: Reach, *, limit: int) -> Sequence[CaseId]:
        oldest = select(_c.id).where(*over(reach)).order_by(_c.ended_at, _c.id).limit(limit)
        return [CaseId(found) for found in self._connection.scalars(oldest)]

    def count_over(self, reach: Reach) -> int:
        counted = select(func.count()).select_from(cases).where(*over(reach))
        return self._connection.scalar(counted) or 0

    def note(self, *events: CaseEvent) -> None:
        rows = [
            {
                "case_id": event.case,
                "kind": event.kind,
                "at": event.at,
                "by": event.by,
                "note": event.note,
                "details": encode(dict[str, str], dict(event.details)),
            }
            for event in events
        ]
        if rows:
            self._connection.execute(insert(case_events), rows)

    def history(self, case: CaseId) -> Sequence[CaseEvent]:
        wanted = select(case_events).where(_e.case_id == case).order_by(_e.sequence)
        return [_event(row) for row in self._connection.execute(wanted)]

    def take_marks(self, *, limit: int) -> Sequence[tuple[CaseId, Mark]]:
        now = self._clock.now(self._connection)
        due = select(_m.case_id, _m.kind, _m.at).where(_m.at <= now, _m.noted_at.is_(None))
        first = due.order_by(_m.at, _m.case_id).limit(limit).with_for_update(skip_locked=True)
        keys = self._connection.execute(first).all()
        if not keys:
            return []
        columns = (_m.case_id, _m.kind, _m.at)
        named = tuple_(*columns).in_([(key.case_id, key.kind, key.at) for key in keys])
        mark = update(case_marks).where(named).values(noted_at=now)
        rows = self._connection.execute(mark.returning(*columns, _m.name)).all()
        in_order = sorted(rows, key=lambda row: (row.at, row.case_id, row.kind))
        return [(CaseId(r.case_id), Mark(MarkKind(r.kind), r.at, r.name)) for r in in_order]

    def not_delivered(self, *, limit: int) -> Sequence[CaseId]:
        # In the words of the partial index: a planner does not look into a bound value.
        wanted = (
            select(_c.id)
            .join_from(cases, answers, answers.c.id == _c.answer_id)
            .where(text("cases.state = 'answered'"), answers.c.state == AnswerState.REFUSED)
            .where(_c.answered_by == Channel.PLATFORM)
        )
        ordered = wanted.order_by(_c.due_at, _c.id).limit(limit)
        return [CaseId(found) for found in self._connection.scalars(ordered)]

    def untold(self, *, since: datetime, limit: int) -> Sequence[CaseId]:
        again, days = replies.alias(), _LOOKED_UP_DAYS
        written = exists().where(
            *(again.c.account_id == _r.account_id, again.c.sender == _r.sender),
            *(again.c.said_at > _c.answered_at, again.c.received_at >= since),
            again.c.kind != ReplyKind.EVENT,
        )
        wanted = (
            select(_c.id)
            .join_from(cases, replies, _r.id == _c.reply_id)
            .where(
                text(UNTOLD),
                *(_c.answered_at >= since - days, _c.care.is_(None), _c.erased_at.is_(None)),
                *(_r.sender != "", _r.erased_at.is_(None), written),
            )
        )
        found = self._connection.scalars(wanted.order_by(_c.answered_at, _c.id).limit(limit))
        return [CaseId(each) for each in found]

    def provisional(self, *, until: datetime, limit: int) -> Sequence[CaseId]:
        wanted = select(_c.id).where(text("is_provisional AND is_running"), _c.due_at <= until)
        ordered = wanted.order_by(_c.due_at).limit(limit)
        return [CaseId(found) for found in self._connection.scalars(ordered)]

    def save_claim(self, claim: Claim) -> None:
        values = {"case_id": claim.case, "by": claim.by, "at": claim.at}
        put = upsert(self._connection.dialect.name, case_claims).values(**values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["case_id"], set_=values))

    def end_claim(self, case: CaseId) -> None:
        self._connection.execute(delete(case_claims).where(case_claims.c.case_id == case))

    def claim_on(self, case: CaseId) -> Claim | None:
        wanted = select(case_claims).where(case_claims.c.case_id == case)
        row = self._connection.execute(wanted).first()
        return Claim(CaseId(row.case_id), row.by, row.at) if row else None

    def save_application(self, application: Application) -> None:
        values = {
            "case_id": application.case,
            "filed_at": application.filed_at,
            "body": encode(Application, application),
        }
        put = upsert(self._connection.dialect.name, case_applications).values(**values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["case_id"], set_=values))

    def application(self, case: CaseId) -> Application | None:
        wanted = select(case_applications.c.body).where(case_applications.c.case_id == case)
        body = self._connection.scalar(wanted)
        return decode(Application, body) if body else None

    def without_case(
        self, account: AccountId, *, after: datetime | None, until: datetime, limit: int
    ) -> Sequence[Reply]:
        wanted = select(replies).where(
            _r.account_id == account,
            _r.received_at <= until,
            _r.kind != ReplyKind.EVENT,
            _r.erased_at.is_(None),
            ~exists().where(_c.reply_id == _r.id),
        )
        if after is not None:
            wanted = wanted.where(_r.received_at > after)
        ordered = wanted.order_by(_r.received_at, _r.id).limit(limit)
        return [reply_of(row) for row in self._connection.execute(ordered)]

    def _set_marks(self, case: Case) -> None:
        marks = case.deadline.marks if case.is_running else ()
        rows = [
            {"case_id": case.id, "kind": mark.kind, "at": mark.at, "name": mark.name}
            for mark in marks
        ]
        if rows:
            put = upsert(self._connection.dialect.name, case_marks)
            self._connection.execute(put.on_conflict_do_nothing(), rows)

    def _found(self, wanted: Select[Any], case: CaseId) -> Case:
        found = self._first(wanted)
        if found is None:
            raise NotFound("办理件", case)
        return found

    def _first(self, wanted: Select[Any]) -> Case | None:
        row = self._connection.execute(wanted).first()
        return case_of(row) if row else None


def _event(row: Row[Any]) -> CaseEvent:
    return CaseEvent(
        case=CaseId(row.case_id),
        kind=EventKind(row.kind),
        at=row.at,
        by=row.by,
        note=row.note,
        details=decode(dict[str, str], row.details),
    )
