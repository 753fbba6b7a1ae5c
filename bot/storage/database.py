"""The storage of one installation: units of work, read models, tokens, budgets, uploads."""

from sqlalchemy import Engine

from bot.ports.case_overview import CaseLookUp
from bot.ports.case_publication import AnswerShelf
from bot.ports.clock import Clock
from bot.ports.media import MediaReferences
from bot.ports.overview import Overview
from bot.ports.searching import ReleaseSearch
from bot.ports.service_figures import ServiceFigures
from bot.ports.similar import FindSimilar
from bot.ports.storage import UnitOfWork
from bot.ports.tokens import CallBudgets, TokenStore
from bot.ports.uploads import UploadCache
from bot.ports.vault import Vault
from bot.storage.budgets import SqlCallBudgets
from bot.storage.clock import DatabaseClock
from bot.storage.engine import make_engine
from bot.storage.media_references import SqlMediaReferences
from bot.storage.overview import SqlOverview
from bot.storage.overview_cases import SqlCaseLookUp
from bot.storage.published import SqlAnswerShelf
from bot.storage.release_search import SqlReleaseSearch
from bot.storage.reply_likeness import SqlReplyLikeness
from bot.storage.service_figures import SqlServiceFigures
from bot.storage.tokens import SqlTokenStore
from bot.storage.transactions import Transactions
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.storage.uploads import SqlUploadCache

BUSY_TIMEOUT_SECONDS = 10.0
"""How long a write waits for another; callbacks wait 1.5 s, their follower waits for us."""


class Database:
    """Keeps the promises of `ports.storage.Storage`. Connects when first used.

    `audit_key` seals the audit chain, `vault` the platform tokens. A `clock` replaces the
    database's own, for tests.
    """

    def __init__(
        self,
        url: str,
        *,
        audit_key: bytes,
        vault: Vault,
        clock: Clock | None = None,
        busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS,
        pool_size: int = 20,
    ) -> None:
        self._engine: Engine = make_engine(
            url, busy_timeout_seconds=busy_timeout_seconds, pool_size=pool_size
        )
        self._transactions = Transactions(self._engine, busy_timeout_seconds=busy_timeout_seconds)
        self._clock = DatabaseClock(clock)
        self._audit_key = audit_key
        self._vault = vault

    def begin(self) -> UnitOfWork:
        """A unit of work; its transaction begins where it is entered (SQLite: BEGIN IMMEDIATE)."""
        turn = self._transactions.writing()
        return SqlUnitOfWork(turn, self._clock, audit_key=self._audit_key)

    def look(self) -> UnitOfWork:
        """A unit of work that only reads; its transaction begins where it is entered."""
        turn = self._transactions.reading()
        return SqlUnitOfWork(turn, self._clock, audit_key=self._audit_key)

    def overview(self) -> Overview:
        """The read models. Safe to share between threads."""
        return SqlOverview(self._transactions, self._clock)

    def searching(self) -> ReleaseSearch:
        """Searches over released documents. Safe to share between threads."""
        return SqlReleaseSearch(self._transactions)

    def likeness(self) -> FindSimilar:
        """Finding replies that ask the same. Safe to share between threads."""
        return SqlReplyLikeness(self._transactions)

    def receipts(self) -> CaseLookUp:
        """Cases by receipt number and check code. Safe to share between threads."""
        return SqlCaseLookUp(self._transactions)

    def answer_shelf(self) -> AnswerShelf:
        """Answers that the public may read. Safe to share between threads."""
        return SqlAnswerShelf(self._transactions)

    def service_figures(self) -> ServiceFigures:
        """What the public figures of service are counted from. Safe to share between threads."""
        return SqlServiceFigures(self._transactions, self._clock)

    def tokens(self) -> TokenStore:
        """The platform tokens. Safe to share; never call it inside a unit of work."""
        return SqlTokenStore(self._transactions, self._clock, self._vault)

    def budgets(self) -> CallBudgets:
        """The call budgets. Safe to share; never call it inside a unit of work."""
        return SqlCallBudgets(self._transactions, self._clock)

    def media_references(self) -> MediaReferences:
        """Who refers to kept files. Safe to share between threads."""
        return SqlMediaReferences(self._transactions)

    def uploads(self) -> UploadCache:
        """What was uploaded before. Safe to share; never call it inside a unit of work."""
        return SqlUploadCache(self._transactions)

    def upgrade(self) -> None:
        """Bring the schema up to this version of Tongbu; harmless when it is already."""
        from bot.storage.migrating import upgrade  # Alembic takes eleven megabytes

        upgrade(self._engine)

    def dispose(self) -> None:
        """Close every connection; the database can be used again afterwards."""
        self._engine.dispose()
