"""Real databases for a part of the cases: a fresh SQLite file for each."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.ports.clock import Clock
from bot.storage.database import Database
from tests.databases import migrate
from tests.fakes.clock import StillClock
from tests.fakes.vault import OpenVault
from tests.integration.publishing.town import AUDIT_KEY
from tests.proof.day import MakeDatabase

IN_MEMORY_FOLDER = Path("/dev/shm")


class _ClockOfTheDay:
    """Every day brings its own; the database goes on with the same engine, which need not learn
    its statements anew."""

    def __init__(self) -> None:
        self.day: Clock = StillClock()

    def now(self) -> datetime:
        return self.day.now()


@contextmanager
def sqlite_files() -> Iterator[MakeDatabase]:
    """Makes databases in a folder that is gone afterwards. Only their durability on a real disk
    is not tried: what a commit means is cut by the proof itself."""
    with tempfile.TemporaryDirectory(prefix="tongbu-proof-", dir=_place()) as place:
        path, clock = Path(place, "tongbu.sqlite3"), _ClockOfTheDay()
        database = open_database(f"sqlite:///{path}", clock)

        def make(clock_of_the_day: Clock) -> Database:
            database.dispose()
            for leftover in Path(place).glob("tongbu.sqlite3*"):
                leftover.unlink()
            path.write_bytes(_template())
            clock.day = clock_of_the_day
            return database

        yield make
        database.dispose()


@cache
def _template() -> bytes:
    """A SQLite file with the current schema and no rows, made once a process."""
    with tempfile.TemporaryDirectory(prefix="tongbu-proof-", dir=_place()) as place:
        path = Path(place, "template.sqlite3")
        migrate(f"sqlite:///{path}")
        return path.read_bytes()


def _place() -> Path | None:
    return IN_MEMORY_FOLDER if IN_MEMORY_FOLDER.is_dir() else None


def open_database(url: str, clock: Clock) -> Database:
    """The database at `url`, with the clock of the day."""
    return Database(url, audit_key=AUDIT_KEY, vault=OpenVault(), clock=clock)
