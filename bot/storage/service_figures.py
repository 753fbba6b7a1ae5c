"""What the public figures of service are counted from, read along indexes."""

from datetime import datetime

from sqlalchemy import select, text

from bot.domain.cases.case import CaseState
from bot.domain.cases.service import Owed
from bot.ports.service_figures import ServiceRecord
from bot.storage.clock import DatabaseClock
from bot.storage.tables import case_events, case_ratings, cases, release_votes
from bot.storage.transactions import Transactions

_c, _e, _r, _v = cases.c, case_events.c, case_ratings.c, release_votes.c
_NOT_OWED = (CaseState.MERGED, CaseState.WITHDRAWN)


class SqlServiceFigures:
    """Keeps the promise of `ports.service_figures.ServiceFigures`."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        self._transactions = transactions
        self._clock = clock

    def service(self, *, since: datetime) -> ServiceRecord:
        with self._transactions.reading() as connection:
            owed = select(_c.received_at, _c.due_at, _c.answered_at).where(
                _c.due_at >= since,
                _c.due_at < self._clock.now(connection),
                _c.state.not_in(_NOT_OWED),
                _c.is_paused.is_(False),
            )
            # In the words of the partial index: a planner does not look into a bound value.
            reopened = select(_e.at).where(text("kind = 'reopened'"), _e.at >= since)
            stars = select(_r.rated_at, _r.stars).where(_r.rated_at >= since)
            votes = select(_v.voted_at, _v.is_useful).where(_v.voted_at >= since)
            return ServiceRecord(
                [Owed(r.received_at, r.due_at, r.answered_at) for r in connection.execute(owed)],
                list(connection.scalars(reopened)),
                [(row.rated_at, row.stars) for row in connection.execute(stars)],
                [(row.voted_at, row.is_useful) for row in connection.execute(votes)],
            )
