"""Read models for pages, lists and the API; each call is one read transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.ports.calendar_overview import CalendarRow
from bot.ports.overview import (
    AccountRow,
    CommentsOfPost,
    CoverageRow,
    PostRow,
    ReleaseRow,
    ReplyFilter,
    ReplyRow,
    WorkFigures,
)
from bot.storage.clock import DatabaseClock
from bot.storage.overview_accounts import account_rows
from bot.storage.overview_calendar import calendar_rows, posts_due
from bot.storage.overview_cases import SqlCaseOverview
from bot.storage.overview_figures import overdue, work_figures
from bot.storage.overview_ledger import SqlLedgerOverview
from bot.storage.overview_operations import SqlOperationsOverview
from bot.storage.overview_people import people_names
from bot.storage.overview_posts import post_rows, posts_out, upcoming_rows
from bot.storage.overview_questions import SqlQuestionOverview
from bot.storage.overview_releases import coverage_rows, release_rows
from bot.storage.overview_replies import comments_of, reply_count, reply_rows
from bot.storage.overview_statistics import SqlStatisticsOverview
from bot.storage.transactions import Transactions


class SqlOverview(
    SqlOperationsOverview,
    SqlStatisticsOverview,
    SqlCaseOverview,
    SqlQuestionOverview,
    SqlLedgerOverview,
):
    """Keeps the promises of `ports.overview.Overview`. Safe to share between threads."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        SqlStatisticsOverview.__init__(self, transactions)
        SqlCaseOverview.__init__(self, transactions, clock)

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
        review_steps: Sequence[str] = (),
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
                review_steps=review_steps,
                limit=limit,
                offset=offset,
            )

    def posts_due(
        self,
        *,
        since: datetime,
        until: datetime,
        account: str = "",
        after: PostRow | None = None,
        limit: int = 500,
    ) -> Sequence[PostRow]:
        with self._transactions.reading() as connection:
            return posts_due(
                connection, since=since, until=until, account=account, after=after, limit=limit
            )

    def posts_out(self, releases: Sequence[str]) -> Sequence[PostRow]:
        with self._transactions.reading() as connection:
            return posts_out(connection, releases)

    def upcoming(self, *, limit: int = 6) -> Sequence[PostRow]:
        with self._transactions.reading() as connection:
            return upcoming_rows(connection, limit=limit)

    def calendar(
        self, *, since: datetime, until: datetime, account: str = "", limit: int = 1000
    ) -> Sequence[CalendarRow]:
        with self._transactions.reading() as connection:
            return calendar_rows(connection, since=since, until=until, account=account, limit=limit)

    def replies(
        self, wanted: ReplyFilter, *, limit: int = 50, offset: int = 0
    ) -> Sequence[ReplyRow]:
        with self._transactions.reading() as connection:
            return reply_rows(connection, wanted, limit=limit, offset=offset)

    def count_replies(self, wanted: ReplyFilter, *, most: int = 1000) -> int:
        with self._transactions.reading() as connection:
            return reply_count(connection, wanted, most=most)

    def comments_of(self, post: str) -> CommentsOfPost | None:
        with self._transactions.reading() as connection:
            return comments_of(connection, post)

    def coverage(self, *, limit: int = 50, offset: int = 0) -> Sequence[CoverageRow]:
        with self._transactions.reading() as connection:
            return coverage_rows(connection, limit=limit, offset=offset)

    def accounts(self) -> Sequence[AccountRow]:
        with self._transactions.reading() as connection:
            return account_rows(connection, self._clock.now(connection))

    def people(self) -> Mapping[str, str]:
        with self._transactions.reading() as connection:
            return people_names(connection)

    def overdue(self, *, seconds: float) -> int:
        with self._transactions.reading() as connection:
            return overdue(connection, self._clock.now(connection), seconds=seconds)

    def figures(self, *, overdue_seconds: float) -> WorkFigures:
        with self._transactions.reading() as connection:
            now = self._clock.now(connection)
            return work_figures(connection, now, overdue_seconds=overdue_seconds)
