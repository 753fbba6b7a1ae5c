"""Read models for pages, lists and the API; each call is one read transaction."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.publishing.delivery import OPEN_STATES
from bot.ports.overview import (
    AccountRow,
    CoverageRow,
    PostRow,
    ReleaseRow,
    ReplyFilter,
    ReplyRow,
)
from bot.storage.clock import DatabaseClock
from bot.storage.overview_accounts import account_rows
from bot.storage.overview_posts import post_rows, upcoming_rows
from bot.storage.overview_releases import coverage_rows, release_rows
from bot.storage.overview_replies import reply_rows
from bot.storage.tables import deliveries
from bot.storage.transactions import Transactions


class SqlOverview:
    """Keeps the promises of `ports.overview.Overview`. Safe to share between threads."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        self._transactions = transactions
        self._clock = clock

    def releases(
        self, *, search: str = "", state: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[ReleaseRow]:
        with self._transactions.reading() as connection:
            return release_rows(connection, search=search, state=state, limit=limit, offset=offset)

    def posts(
        self,
        *,
        release: str = "",
        account: str = "",
        states: Sequence[str] = (),
        delivery_states: Sequence[str] = (),
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[PostRow]:
        with self._transactions.reading() as connection:
            return post_rows(
                connection,
                release=release,
                account=account,
                states=states,
                delivery_states=delivery_states,
                limit=limit,
                offset=offset,
            )

    def upcoming(self, *, limit: int = 6) -> Sequence[PostRow]:
        with self._transactions.reading() as connection:
            return upcoming_rows(connection, limit=limit)

    def replies(
        self, wanted: ReplyFilter, *, limit: int = 50, offset: int = 0
    ) -> Sequence[ReplyRow]:
        with self._transactions.reading() as connection:
            return reply_rows(connection, wanted, limit=limit, offset=offset)

    def coverage(self, *, limit: int = 50) -> Sequence[CoverageRow]:
        with self._transactions.reading() as connection:
            return coverage_rows(connection, limit=limit)

    def accounts(self) -> Sequence[AccountRow]:
        with self._transactions.reading() as connection:
            return account_rows(connection)

    def overdue(self, *, seconds: float) -> int:
        with self._transactions.reading() as connection:
            before = self._clock.now(connection) - timedelta(seconds=seconds)
            late = select(func.count()).where(
                deliveries.c.next_at < before, deliveries.c.state.in_(sorted(OPEN_STATES))
            )
            return connection.scalar(late) or 0
