"""The storages a contract is checked on: in memory, SQLite, PostgreSQL."""

from collections.abc import Iterator
from typing import Protocol

import pytest

from bot.ports.case_overview import CaseLookUp
from bot.ports.searching import ReleaseSearch
from bot.ports.storage import UnitOfWork
from bot.ports.tokens import CallBudgets, TokenStore
from bot.ports.uploads import UploadCache
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests import factories
from tests.fakes.clock import StillClock
from tests.fakes.storage import FakeStorage

AUDIT_KEY = b"audit key"
KINDS = [
    pytest.param("memory"),
    pytest.param("sqlite"),
    pytest.param("postgres", marks=pytest.mark.postgres),
]


class CompleteStorage(Protocol):
    """What both the fake and the database offer."""

    def begin(self) -> UnitOfWork: ...
    def look(self) -> UnitOfWork: ...
    def searching(self) -> ReleaseSearch: ...
    def receipts(self) -> CaseLookUp: ...
    def tokens(self) -> TokenStore: ...
    def budgets(self) -> CallBudgets: ...
    def uploads(self) -> UploadCache: ...


@pytest.fixture
def clock() -> StillClock:
    """The clock of the storage under test."""
    return StillClock()


@pytest.fixture(params=KINDS)
def storage(request: pytest.FixtureRequest, clock: StillClock) -> Iterator[CompleteStorage]:
    """An empty storage of each kind."""
    if request.param == "memory":
        yield FakeStorage(clock, audit_key=AUDIT_KEY)
        return
    url = request.getfixturevalue(f"{request.param}_url")
    database = Database(url, audit_key=AUDIT_KEY, vault=FernetVault("k" * 32), clock=clock)
    yield database
    database.dispose()


@pytest.fixture
def peopled(storage: CompleteStorage) -> CompleteStorage:
    """A storage with a source, a release, an account, a rollout and a post."""
    with storage.begin() as uow:
        uow.sources.add(factories.source())
        uow.releases.add(factories.release())
        uow.accounts.add(factories.account(), "sealed")
        uow.posts.add_rollout(factories.rollout())
        uow.posts.add(factories.post())
        uow.commit()
    return storage
