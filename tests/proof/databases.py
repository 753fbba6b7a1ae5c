"""Real databases for a part of the cases: a fresh SQLite file for each."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.ports.clock import Clock
from bot.storage.database import Database
from tests.databases import migrate
from tests.fakes.vault import OpenVault
from tests.integration.publishing.town import AUDIT_KEY
from tests.proof.day import MakeDatabase

IN_MEMORY_FOLDER = Path("/dev/shm")


@contextmanager
def sqlite_files() -> Iterator[MakeDatabase]:
    """Makes databases in a folder that is gone afterwards. Only their durability on a real disk
    is not tried: what a commit means is cut by the proof itself."""
    folder = IN_MEMORY_FOLDER if IN_MEMORY_FOLDER.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="tongbu-proof-", dir=folder) as place:
        template = Path(place, "template.sqlite3")
        migrate(f"sqlite:///{template}")
        opened: list[Database] = []

        def make(clock: Clock) -> Database:
            while opened:
                opened.pop().dispose()
            path = Path(place, "tongbu.sqlite3")
            for leftover in Path(place).glob("tongbu.sqlite3*"):
                leftover.unlink()
            shutil.copyfile(template, path)
            opened.append(open_database(f"sqlite:///{path}", clock))
            return opened[0]

        yield make
        for database in opened:
            database.dispose()


def open_database(url: str, clock: Clock) -> Database:
    """The database at `url`, with the clock of the day."""
    return Database(url, audit_key=AUDIT_KEY, vault=OpenVault(), clock=clock)
