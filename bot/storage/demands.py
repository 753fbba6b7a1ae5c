"""What people ask for in vain, as rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import DemandId, DepartmentId, ReleaseId, ReplyId
from bot.domain.questions.demand import Demand, DemandKind, DemandState
from bot.domain.questions.group import Standing
from bot.ports.demand_storage import Asking
from bot.storage.statements import insert_new, upsert
from bot.storage.tables import demands, question_members, replies, search_misses

_d, _m, _s, _r = demands.c, question_members.c, search_misses.c, replies.c
SAMPLES = 3


class SqlDemands:
    """Keeps the promises of `ports.demand_storage.Demands`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, demand: Demand) -> None:
        insert_new(self._connection, demands, _values(demand), taken="这一条公开需求已经登记")

    def save(self, demand: Demand) -> None:
        save = update(demands).where(_d.id == demand.id).values(**_values(demand))
        if self._connection.execute(save).rowcount == 0:
            raise NotFound("公开需求", demand.id)

    def claim(self, demand: DemandId) -> Demand:
        wanted = select(demands).where(_d.id == demand).with_for_update()
        row = self._connection.execute(wanted).first()
        if row is None:
            raise NotFound("公开需求", demand)
        return _demand(row)

    def of_subject(self, kind: DemandKind, subject: str) -> Demand | None:
        wanted = select(demands).where(_d.kind == kind, _d.subject == subject)
        row = self._connection.execute(wanted).first()
        return _demand(row) if row else None

    def all(self, *, states: Sequence[DemandState] = (), limit: int = 100) -> Sequence[Demand]:
        wanted = select(demands).order_by(_d.raised_at.desc(), _d.id.desc()).limit(limit)
        rows = self._connection.execute(wanted.where(_d.state.in_(states)) if states else wanted)
        return [_demand(row) for row in rows]

    def note_miss(self, words: str, reply: ReplyId) -> None:
        put = upsert(self._connection.dialect.name, search_misses)
        values = {"words": words, "reply_id": reply}
        self._connection.execute(put.values(**values).on_conflict_do_nothing())

    def asking(self, kind: DemandKind, subject: str) -> Asking:
        asked = _asked(kind, subject)
        row = self._connection.execute(_COUNTED.where(_r.id.in_(asked))).one()
        samples = select(_r.id).where(_r.id.in_(asked)).order_by(_r.said_at, _r.id).limit(SAMPLES)
        shown = tuple(ReplyId(one) for one in self._connection.scalars(samples))
        return Asking(row.askers, row.first_at, row.last_at, shown)


def _asked(kind: DemandKind, subject: str) -> Select[Any]:
    if kind is DemandKind.SEARCH:
        return select(_s.reply_id).where(_s.words == subject)
    stands: ColumnElement[bool] = _m.standing != Standing.TAKEN_OUT
    return select(_m.reply_id).where(_m.question_id == subject, stands)


_ASKER = case((_r.sender == "", _r.id), else_=_r.account_id.concat(" ").concat(_r.sender))
_COUNTED = select(
    func.count(_ASKER.distinct()).label("askers"),
    func.min(_r.said_at).label("first_at"),
    func.max(_r.said_at).label("last_at"),
)


def _values(demand: Demand) -> dict[str, Any]:
    return {
        "id": demand.id,
        "kind": demand.kind,
        "subject": demand.subject,
        "state": demand.state,
        "department_id": demand.department,
        "release_id": demand.release,
        "reason": demand.reason,
        "raised_at": demand.raised_at,
        "changed_by": demand.changed_by,
        "changed_at": demand.changed_at,
    }


def _demand(row: Row[Any]) -> Demand:
    return Demand(
        id=DemandId(row.id),
        kind=DemandKind(row.kind),
        subject=row.subject,
        raised_at=row.raised_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        state=DemandState(row.state),
        department=DepartmentId(row.department_id) if row.department_id else None,
        release=ReleaseId(row.release_id) if row.release_id else None,
        reason=row.reason,
    )
