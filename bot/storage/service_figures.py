"""What the public figures of service are counted from, read along indexes."""

from collections.abc import Set
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, func, select, text

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import CaseState
from bot.domain.cases.service import Owed
from bot.domain.releases.release import ReleaseState
from bot.domain.statistics.openness import PublicDocument
from bot.ports.service_figures import OpennessRecord, ServiceRecord
from bot.storage.clock import DatabaseClock
from bot.storage.tables import (
    case_events,
    case_ratings,
    cases,
    deliveries,
    posts,
    release_votes,
    releases,
)
from bot.storage.transactions import Transactions

_c, _e, _r, _v = cases.c, case_events.c, case_ratings.c, release_votes.c
_l, _p, _d = releases.c, posts.c, deliveries.c
_NOT_OWED = (CaseState.MERGED, CaseState.WITHDRAWN)
_WAS_PUBLIC = (ReleaseState.RELEASED, ReleaseState.WITHDRAWN)
_LIVE = (
    select(_p.release_id, func.min(_d.published_at).label("at"))
    .join_from(posts, deliveries, _d.post_id == _p.id)
    .where(_d.published_at.is_not(None))
    .group_by(_p.release_id)
    .subquery()
)
# Of all versions the first days: another text of a document is not another document.
_PUBLIC = (
    select(
        func.min(_l.issued_on).label("issued_on"),
        func.min(_l.published_on).label("published_on"),
        func.min(_LIVE.c.at).label("live_at"),
    )
    .join_from(releases, _LIVE, _LIVE.c.release_id == _l.id, isouter=True)
    .where(_l.state.in_(_WAS_PUBLIC))
    .group_by(_l.id)
)


class SqlServiceFigures:
    """Keeps the promises of `ports.service_figures.ServiceFigures`."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        self._transactions = transactions
        self._clock = clock

    def openness(self, *, since: date) -> OpennessRecord:
        with self._transactions.reading() as connection:
            documents = [_document(row) for row in connection.execute(_PUBLIC)]
            corrected = select(_l.received_at).where(
                _l.state.in_(_WAS_PUBLIC),
                _l.received_at >= datetime.combine(since, time(), BEIJING),
                _l.body.contains('"correction":"'),
            )
            return OpennessRecord(
                [one for one in documents if one is not None and one.public_on >= since],
                [at.astimezone(BEIJING).date() for at in connection.scalars(corrected)],
            )

    def service(self, *, since: datetime) -> ServiceRecord:
        with self._transactions.reading() as connection:
            owed = select(_c.id, _c.received_at, _c.due_at, _c.answered_at, _c.state).where(
                _c.due_at >= since,
                _c.due_at < self._clock.now(connection),
                _c.state.not_in(_NOT_OWED),
                _c.is_paused.is_(False),
            )
            # In the words of the partial index: a planner does not look into a bound value.
            again = select(_e.case_id, _e.at).where(text("kind = 'reopened'"), _e.at >= since)
            stars = select(_r.case_id, _r.rated_at, _r.stars).where(_r.rated_at >= since)
            votes = select(_v.voted_at, _v.is_useful).where(_v.voted_at >= since)
            reopened, rated = connection.execute(again).all(), connection.execute(stars).all()
            taken_up, judged = {row.case_id for row in reopened}, {row.case_id for row in rated}
            return ServiceRecord(
                [_owed(row, taken_up, judged) for row in connection.execute(owed)],
                [row.at for row in reopened],
                [(row.rated_at, row.stars) for row in rated],
                [(row.voted_at, row.is_useful) for row in connection.execute(votes)],
            )


def _owed(row: Row[*tuple[Any, ...]], reopened: Set[str], rated: Set[str]) -> Owed:
    return Owed(
        row.received_at,
        row.due_at,
        row.answered_at,
        is_closed=row.state == CaseState.CLOSED,
        is_reopened=row.id in reopened,
        is_rated=row.id in rated,
    )


def _document(row: Row[*tuple[Any, ...]]) -> PublicDocument | None:
    live_on = row.live_at.astimezone(BEIJING).date() if row.live_at else None
    public_on = row.published_on or live_on
    return PublicDocument(public_on, row.issued_on) if public_on else None
