"""The database as processes meet it: its own clock, its waiting, its unavailability."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.ports.storage import StorageUnavailable
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests.factories import account, post, release, rollout, source


def open_database(url: str, *, patience: float = 5) -> Database:
    """A database as the composition root opens it."""
    vault = FernetVault("k" * 32)
    return Database(url, audit_key=b"key", vault=vault, busy_timeout_seconds=patience)


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An empty database of each kind, with its own clock."""
    opened = open_database(url)
    yield opened
    opened.dispose()


def test_the_databases_clock_tells_the_time(database: Database) -> None:
    """Aware, in UTC, and the machine's own where the database is on the machine."""
    with database.begin() as uow:
        now = uow.now()

    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_threads_write_in_turn(database: Database) -> None:
    """Many threads that write at once all succeed, each in its own transaction."""

    def add(number: int) -> None:
        with database.begin() as uow:
            uow.sources.add(source(id=f"source {number}"))
            uow.commit()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(add, range(64)))

    with database.begin() as uow:
        assert len(uow.sources.all()) == 64


def test_another_process_that_writes_too_long_is_not_waited_for(sqlite_url: str) -> None:
    """Whoever waits longer than its patience is told that the database is unavailable."""
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = open_database(sqlite_url, patience=0.05)

    with pytest.raises(StorageUnavailable), database.begin():
        pass

    assert database.overview().accounts() == []
    other.close()
    database.dispose()


def test_a_held_rollout_is_not_waited_for_without_end(url: str, database: Database) -> None:
    """While one unit of work looks at a post, another waits for it as long as its patience."""
    with database.begin() as uow:
        uow.sources.add(source())
        uow.releases.add(release())
        uow.accounts.add(account(), "sealed")
        uow.posts.add_rollout(rollout())
        uow.posts.add(post())
        uow.commit()
    impatient = open_database(url, patience=0.05)

    with database.begin() as uow:
        uow.posts.get(post().id)
        with pytest.raises(StorageUnavailable), impatient.begin() as other:
            other.posts.get(post().id)

    impatient.dispose()


def test_a_unit_of_work_inside_another_is_refused_not_endless(sqlite_url: str) -> None:
    """A thread that would wait for itself is told so after its patience."""
    database = open_database(sqlite_url, patience=0.05)

    def nest() -> None:
        with database.begin(), database.begin():
            pass

    with pytest.raises(StorageUnavailable, match="busy"):
        nest()
    database.dispose()


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.sqlite3", "postgresql://tongbu@127.0.0.1:1/tongbu"]
)
def test_an_unreachable_database_is_unavailable(url: str) -> None:
    """No driver's error type leaves the storage."""
    database = open_database(url)

    with pytest.raises(StorageUnavailable), database.begin():
        pass
    with pytest.raises(StorageUnavailable):
        database.overview().accounts()


def test_sqlite_is_durable_and_checks_references(sqlite_url: str, tmp_path: Path) -> None:
    """Every connection keeps a write-ahead log, syncs every commit and knows foreign keys."""
    database = open_database(sqlite_url)
    with database.begin() as uow:
        connection = uow._connection  # type: ignore[attr-defined]
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.dispose()

    assert settings == ["wal", 2, 1]
