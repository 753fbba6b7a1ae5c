"""The databases of a chaos run, each with a way to take it away for a while."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.chaos.household import Household, Part, tethered
from tests.databases import as_server_user, initialise, server_binaries

NAMES = ("sqlite", "postgresql")
BUSY_SECONDS = 1.0


class Site(Protocol):
    """A database at `url`. `names` of processes are its own, and may be killed."""

    url: str
    part: str

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a query.

        Raises:
            Away: it does not serve.
        """
        ...


class Away(Exception):
    """The database does not serve at the moment."""


class SqliteSite:
    """A file; there is no process to kill, but whoever holds its lock keeps everybody waiting."""

    part = ""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.url = f"sqlite:///{path}"

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        try:
            reader = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=BUSY_SECONDS)
            try:
                return reader.execute(statement).fetchall()
            finally:
                reader.close()
        except sqlite3.OperationalError as error:
            raise Away(str(error)) from error

    def lock(self) -> Callable[[], None]:
        """Keep everybody from writing until what is returned is called."""
        writer = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        with suppress(sqlite3.OperationalError):
            writer.execute("BEGIN IMMEDIATE")
        return writer.close


class PostgresSite:
    """A server of our own, with its usual durability, on a socket in its folder."""

    part = "postgresql"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = f"postgresql://postgres@/postgres?host={folder}"
        self.url = self._server

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        try:
            with psycopg.connect(self._server, connect_timeout=2) as reader:
                return reader.execute(statement).fetchall()  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            raise Away(str(error)) from error

    def process(self, binaries: Path) -> Part:
        """The server, to be kept by a household."""
        run = [str(binaries / "postgres"), "-D", f"{self._folder}/cluster", "-k", str(self._folder)]
        as_user = as_server_user(str(self._folder))
        # Changing the user forgets that we die with our parent, so it is said afterwards.
        argv = [*as_user[:-1], "--pdeathsig", "KILL", "--", *run] if as_user else tethered(*run)
        more = ["-c", "listen_addresses=", "-c", "max_connections=120"]
        return Part(self.part, [*argv, *more], self._answers)

    def _answers(self) -> bool:
        try:
            return bool(self.ask("SELECT 1"))
        except Away:
            return False


@contextmanager
def opened(name: str, folder: Path, household: Household) -> Iterator[SqliteSite | PostgresSite]:
    """An empty database of this kind; its files are gone afterwards.

    Raises:
        LookupError: there is no PostgreSQL server program here.
    """
    if name == "sqlite":
        yield SqliteSite(Path(household.env["TONGBU_HOME"]) / "tongbu.sqlite3")
        return
    binaries = server_binaries()
    if binaries is None:
        raise LookupError("no PostgreSQL here")
    place = folder / "pg"
    place.mkdir()
    initialise(binaries, str(place))
    site = PostgresSite(place)
    try:
        household.add(site.process(binaries))
        yield site
    finally:
        if site.part in household.parts:
            household.end(site.part)
        shutil.rmtree(place, ignore_errors=True)
