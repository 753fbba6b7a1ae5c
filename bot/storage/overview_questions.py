"""Lists of questions that many ask, and of what people ask for in vain."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from bot.domain.errors import NotFound
from bot.domain.questions.demand import DemandKind
from bot.domain.questions.group import Standing
from bot.ports.question_overview import (
    LATELY_HOURS,
    DemandRow,
    GroupOrder,
    GroupRow,
    MemberRow,
)
from bot.storage.clock import DatabaseClock
from bot.storage.demands import SqlDemands
from bot.storage.questions import COUNTED, count_of
from bot.storage.tables import (
    accounts,
    answers,
    cases,
    demands,
    departments,
    question_members,
    questions,
    releases,
    replies,
)
from bot.storage.transactions import Transactions

_q, _m, _r, _d = questions.c, question_members.c, replies.c, demands.c
_STANDS = _m.standing != Standing.TAKEN_OUT


class SqlQuestionOverview:
    """Keeps the promises of `ports.question_overview.QuestionOverview`."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        self._transactions = transactions
        self._clock = clock

    def groups(
        self,
        state: str,
        *,
        order: GroupOrder = GroupOrder.SIZE,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[GroupRow]:
        with self._transactions.reading() as connection:
            since = self._clock.now(connection) - timedelta(hours=LATELY_HOURS)
            wanted = _LARGEST if order is GroupOrder.SIZE else _growing(since)
            # Not the bare column: SQLite would begin with every group of the state.
            there = _q.state == state if order is GroupOrder.SIZE else _q.state.concat("") == state
            ids = list(connection.scalars(wanted.where(there).limit(limit).offset(offset)))
            lately = _lately(connection, ids, since)
            rows = {
                row.id: GroupRow(count_of(row), lately.get(row.id, 0), row.words)
                for row in connection.execute(_COUNTED.where(_q.id.in_(ids)))
            }
        return [rows[id_] for id_ in ids]

    def group_counts(self) -> Mapping[str, int]:
        counted = select(_q.state, func.count().label("number")).where(_q.size > 0)
        with self._transactions.reading() as connection:
            rows = connection.execute(counted.group_by(_q.state))
            return {row.state: row.number for row in rows}

    def members(
        self,
        group: str,
        *,
        standing: str = "",
        unanswered: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[MemberRow]:
        wanted = _MEMBERS.where(_m.question_id == group)
        wanted = wanted.where(_m.standing == standing if standing else _STANDS)
        if unanswered:
            wanted = wanted.where(_m.why_not != "")
        ordered = wanted.order_by(_m.proposed_at, _m.reply_id).limit(limit).offset(offset)
        with self._transactions.reading() as connection:
            return [_member_row(row) for row in connection.execute(ordered)]

    def demands(
        self, *, states: Sequence[str] = (), department: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[DemandRow]:
        wanted = _DEMANDS.where(_d.state.in_(states)) if states else _DEMANDS
        if department:
            wanted = wanted.where(_d.department_id == department)
        ordered = wanted.order_by(_d.raised_at.desc(), _d.id.desc()).limit(limit).offset(offset)
        with self._transactions.reading() as connection:
            return [_demand_row(connection, row) for row in connection.execute(ordered).all()]

    def demand(self, demand: str) -> DemandRow:
        with self._transactions.reading() as connection:
            row = connection.execute(_DEMANDS.where(_d.id == demand)).first()
            if row is None:
                raise NotFound("公开需求", demand)
            return _demand_row(connection, row)


_LARGEST = select(_q.id).where(_q.size > 0).order_by(_q.size.desc(), _q.id.desc())
_WORDS = (
    select(_r.text)
    .join_from(question_members, replies, _r.id == _m.reply_id)
    .where(_m.question_id == _q.id, _STANDS)
    .order_by(_m.proposed_at, _m.reply_id)
    .limit(1)
    .correlate(questions)
    .scalar_subquery()
)
_COUNTED: Select[Any] = COUNTED.add_columns(_WORDS.label("words"))
_MEMBERS = (
    select(
        question_members,
        _r.text.label("words"),
        _r.erased_at,
        _r.said_at,
        accounts.c.name.label("account_name"),
        accounts.c.platform,
        cases.c.id.label("case_id"),
        cases.c.number.label("case_number"),
        answers.c.state.label("answer_state"),
    )
    .select_from(question_members)
    .join(replies, _r.id == _m.reply_id)
    .join(accounts, accounts.c.id == _r.account_id)
    .outerjoin(cases, cases.c.reply_id == _m.reply_id)
    .outerjoin(answers, answers.c.id == _m.answer_id)
)
_NEWEST = (releases.c.id == _d.release_id) & releases.c.is_newest
_DEMANDS = (
    select(
        demands,
        departments.c.name.label("department_name"),
        _q.name.label("group_name"),
        releases.c.title.label("release_title"),
    )
    .select_from(demands)
    .outerjoin(departments, departments.c.id == _d.department_id)
    .outerjoin(questions, _q.id == _d.subject)
    .outerjoin(releases, _NEWEST)
)


def _growing(since: datetime) -> Select[Any]:
    """Only what joined lately is read, however many joined before."""
    number = func.count().label("number")
    # Not the bare column: SQLite would read all members in the order of their groups.
    group = _m.question_id.concat("").label("question_id")
    recent = select(group, number).where(_m.proposed_at >= since, _STANDS)
    joined = recent.group_by(group).subquery("joined")
    return (
        select(_q.id)
        .join_from(joined, questions, joined.c.question_id == _q.id)
        .order_by(joined.c.number.desc(), _q.id.desc())
    )


def _lately(connection: Connection, ids: Sequence[str], since: datetime) -> Mapping[str, int]:
    counted = (
        select(_m.question_id, func.count().label("number"))
        .where(_m.question_id.in_(ids), _m.proposed_at >= since, _STANDS)
        .group_by(_m.question_id)
    )
    return {row.question_id: row.number for row in connection.execute(counted)}


def _member_row(row: Row[Any]) -> MemberRow:
    return MemberRow(
        reply_id=row.reply_id,
        standing=row.standing,
        likeness=row.likeness,
        judged_by=row.judged_by,
        words=row.words,
        erased=row.erased_at is not None,
        said_at=row.said_at,
        account_name=row.account_name,
        platform=row.platform,
        case_id=row.case_id,
        case_number=row.case_number,
        answer_state=row.answer_state,
        why_not=row.why_not,
    )


def _demand_row(connection: Connection, row: Row[Any]) -> DemandRow:
    kind = DemandKind(row.kind)
    asking = SqlDemands(connection).asking(kind, row.subject)
    first = select(_r.text).where(_r.id.in_(asking.samples[:1]))
    return DemandRow(
        id=row.id,
        kind=kind,
        subject=row.subject,
        state=row.state,
        words=row.subject if kind is DemandKind.SEARCH else row.group_name or "",
        sample=connection.scalar(first) or "",
        department_id=row.department_id,
        department_name=row.department_name,
        release_id=row.release_id,
        release_title=row.release_title,
        reason=row.reason,
        raised_at=row.raised_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        askers=asking.askers,
        first_asked_at=asking.first_asked_at,
        last_asked_at=asking.last_asked_at,
    )
