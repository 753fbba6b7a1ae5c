"""Cases in lists, by deadline, read along an index; and the one a receipt belongs to."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

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
        conditions = [*_conditions(wanted), *_behind(after)]
        with self._transactions.reading() as connection:
            if _is_of_somebody(wanted) and _runs(wanted) is None:
                first = connection.scalars(_first_of_both(conditions, limit)).all()
                conditions = [_c.id.in_(first)]
            listed = _LISTED.where(*conditions).order_by(_c.due_at, _c.id).limit(limit)
            return [_case_row(row) for row in connection.execute(listed)]

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
        "handler": wanted.handler,
        "number": wanted.number,
        "suggested": wanted.suggested,
        "is_running": _runs(wanted),
    }
    conditions = [_c[name] == value for name, value in equal.items() if value is not None]
    if wanted.case_class is not None:
        # Of a class nearly all have ended: what runs is found along its own index.
        kind = func.coalesce(_c.case_class, "") if _runs(wanted) else _c.case_class
        conditions.append(kind == wanted.case_class)
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


def _runs(wanted: CaseFilter) -> bool | None:
    """Whether all that is wanted still runs, or none of it; None where both may be. Indexes begin
    with whose a case is and whether it runs: said, even if the states imply it, few are read."""
    if wanted.due_before or wanted.warned:
        return True
    if wanted.running is None and wanted.states:
        running = {state in RUNNING for state in wanted.states}
        return running.pop() if len(running) == 1 else None
    return wanted.running


def _is_of_somebody(wanted: CaseFilter) -> bool:
    return bool(wanted.account or wanted.departments or wanted.handler)


def _first_of_both(conditions: Sequence[ColumnElement[bool]], limit: int) -> Any:
    """The first that run and the first that have ended, each along the index: an office's years
    of cases would have to be sorted else."""
    ordered = [
        select(_c.id)
        .where(*conditions, _c.is_running == runs)
        .order_by(_c.due_at, _c.id)
        .limit(limit)
        .subquery()
        for runs in (True, False)
    ]
    return union_all(*[select(one.c.id) for one in ordered])


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
