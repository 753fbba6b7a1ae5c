"""Cases in lists, by deadline, read along an index; and the one a receipt belongs to."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, func, literal, select, tuple_

from bot.domain.cases.case import RUNNING, CaseState, DraftAnswer
from bot.domain.cases.clock import Deadline
from bot.domain.cases.compliance import OwedBy
from bot.domain.cases.history import EventKind
from bot.ports.case_overview import CaseCounts, CaseFilter, CaseKey, CaseRow, Receipt
from bot.storage.case_rows import case_of
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode
from bot.storage.tables import accounts, case_events, case_marks, cases, departments, replies
from bot.storage.transactions import Transactions

_c, _r, _a, _d, _m = cases.c, replies.c, accounts.c, departments.c, case_marks.c
_e = case_events.c


class SqlCaseOverview:
    """Keeps the promises of `ports.case_overview.CaseOverview`."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        self._transactions = transactions
        self._clock = clock

    def cases(
        self, wanted: CaseFilter, *, limit: int = 50, after: CaseKey | None = None
    ) -> Sequence[CaseRow]:
        listed = _LISTED.where(*_conditions(wanted), *_behind(after))
        with self._transactions.reading() as connection:
            rows = connection.execute(listed.order_by(_c.due_at, _c.id).limit(limit)).all()
        return [_case_row(row) for row in rows]

    def owed_by(self, *, since: datetime, until: datetime) -> Sequence[OwedBy]:
        with self._transactions.reading() as connection:
            ended = min(until, self._clock.now(connection))
            found = _OWED.where(_c.due_at >= since, _c.due_at < ended)
            return [_owed_by(row) for row in connection.execute(found)]

    def case_counts(self, *, departments: Sequence[str] = ()) -> CaseCounts:
        theirs = [_c.is_running.is_(True)]
        if departments:
            theirs.append(_c.department_id.in_(departments))
        counted = select(_c.state, func.count().label("number")).where(*theirs).group_by(_c.state)
        with self._transactions.reading() as connection:
            late = (_c.is_paused.is_(False), _c.due_at < self._clock.now(connection))
            overdue = select(func.count()).select_from(cases).where(*theirs, *late)
            found = {row.state: row.number for row in connection.execute(counted)}
            states = {state.value: found.get(state, 0) for state in CaseState if state in RUNNING}
            return CaseCounts(states, connection.scalar(overdue) or 0)


class SqlCaseLookUp:
    """Keeps the promise of `ports.case_overview.CaseLookUp`."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def receipt(self, number: str, code: str) -> Receipt | None:
        with self._transactions.reading() as connection:
            row = _row_of(connection, number)
        known = row.check_code if row else ""
        if not hmac.compare_digest(known.encode(), code.encode()) or row is None:
            return None
        return Receipt(case_of(row), row.department_name or "")


_LISTED = (
    select(
        cases,
        _d.name.label("department_name"),
        _a.name.label("account_name"),
        _a.platform,
        _r.text.label("words"),
    )
    .select_from(cases)
    .outerjoin(departments, _d.id == _c.department_id)
    .outerjoin(accounts, _a.id == _c.account_id)
    .outerjoin(replies, _r.id == _c.reply_id)
)


def _times(kind: EventKind) -> ScalarSelect[int]:
    counted = select(func.count()).where(_e.case_id == _c.id, _e.kind == kind)
    return counted.correlate(cases).scalar_subquery()


_OWED = (
    select(
        *(_c.received_at, _c.due_at, _c.accepted_at, _c.answered_at, _c.state),
        _d.name.label("department_name"),
        _times(EventKind.REMINDED).label("reminded"),
        _times(EventKind.SUPERVISED).label("supervised"),
    )
    .select_from(cases)
    .outerjoin(departments, _d.id == _c.department_id)
    .where(_c.state.not_in([CaseState.MERGED, CaseState.WITHDRAWN]), _c.is_paused.is_(False))
)


def _owed_by(row: Row[*tuple[Any, ...]]) -> OwedBy:
    return OwedBy(
        department=row.department_name or "",
        received_at=row.received_at,
        due_at=row.due_at,
        accepted_at=row.accepted_at,
        answered_at=row.answered_at,
        is_closed=row.state == CaseState.CLOSED,
        reminded=row.reminded,
        supervised=row.supervised,
    )


def _row_of(connection: Connection, number: str) -> Row[Any] | None:
    wanted = (
        select(cases, _d.name.label("department_name"))
        .select_from(cases)
        .outerjoin(departments, _d.id == _c.department_id)
        .where(_c.number == number)
    )
    return connection.execute(wanted).first()


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    equal = {
        "account_id": wanted.account,
        "case_class": wanted.case_class,
        "handler": wanted.handler,
        "number": wanted.number,
        "suggested": wanted.suggested,
        "is_running": True if wanted.due_before or wanted.warned else wanted.running,
    }
    conditions = [_c[name] == value for name, value in equal.items() if value is not None]
    if wanted.states:
        conditions.append(_c.state.in_(wanted.states))
    if wanted.departments:
        conditions.append(_c.department_id.in_(wanted.departments))
    if wanted.due_before is not None:
        conditions += [_c.due_at < wanted.due_before, _c.is_paused.is_(False)]
    if wanted.warned:
        noted = select(_m.case_id).where(_m.noted_at.is_not(None))
        conditions += [_c.id.in_(noted), _c.is_paused.is_(False)]
    return conditions


def _behind(after: CaseKey | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    # Typed, since SQLite compares moments as the text they are stored as.
    place = tuple_(literal(after.due_at, _c.due_at.type), literal(after.id, _c.id.type))
    return [tuple_(_c.due_at, _c.id) > place]


def _case_row(row: Row[Any]) -> CaseRow:
    draft = decode(DraftAnswer, row.draft) if row.draft else None
    return CaseRow(
        id=row.id,
        number=row.number,
        version=row.version,
        entry=row.entry,
        case_class=row.case_class,
        is_urgent=row.is_urgent,
        suggested=row.suggested,
        state=row.state,
        department_id=row.department_id,
        department_name=row.department_name,
        handler=row.handler,
        account_id=row.account_id,
        account_name=row.account_name,
        platform=row.platform,
        reply_id=row.reply_id,
        words=row.subject or row.words or "",
        received_at=row.received_at,
        due_at=row.due_at,
        term_unit=decode(Deadline, row.deadline).term.unit,
        is_provisional=row.is_provisional,
        is_paused=row.is_paused,
        accepted_at=row.accepted_at,
        answered_at=row.answered_at,
        drafted_by=draft.by if draft else "",
        approved_by=draft.approved_by if draft else (),
        is_checked=draft is not None and draft.secrecy is not None,
        is_sensitive=row.care is not None,
    )
