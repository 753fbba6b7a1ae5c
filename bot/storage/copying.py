"""Whole copies of a database while it is in use, and putting one back; SQLite or PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

SQLITE_FILE = "tongbu.sqlite3"
POSTGRES_FILE = "tongbu.pgdump"
_JOURNALS = ("", "-wal", "-shm")
_LONGEST_SECONDS = 6 * 3600


class CopyFailed(Exception):
    """A copy could not be made, read or put back; the message says why and what to do."""


def file_name(url: str) -> str:
    """How a copy of the database at `url` is called."""
    return SQLITE_FILE if _is_sqlite(make_url(url)) else POSTGRES_FILE


def copy_out(url: str, target: Path) -> None:
    """Write a copy, as the database stands at one moment, whatever is being written meanwhile.

    Raises:
        CopyFailed: there is no database, or PostgreSQL's own tools are missing or refuse.
    """
    address = make_url(url)
    if _is_sqlite(address):
        _copy_sqlite(_path(address), target)
    else:
        _run("pg_dump", address, "--format=custom", "--no-owner", f"--file={target}")
    target.chmod(0o600)


def verified_revision(copy: Path) -> str:
    """Read all of a copy that was just written; returns its schema's revision.

    Raises:
        CopyFailed: it is damaged, or no database of ours.
    """
    if copy.name == POSTGRES_FILE:
        return _postgres_revision(copy)
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok" or database.execute("PRAGMA foreign_key_check").fetchone():
                raise CopyFailed(f"{copy} is damaged: {found}")
            row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise CopyFailed(f"{copy} is damaged: {error}") from error
    return str(row[0])


def copy_in(copy: Path, url: str, *, aside: Path, prepare: Callable[[str], None]) -> bool:
    """Put `copy` in the place of the database at `url`, after `prepare` was told its address.

    What was there is kept in the new folder `aside`; returns whether there was anything.

    Raises:
        CopyFailed: PostgreSQL's tools are missing or refuse, for example as somebody uses it.
    """
    address = make_url(url)
    if _is_sqlite(address):
        return _sqlite_in(copy, _path(address), aside, prepare)
    aside.mkdir(mode=0o700)
    copy_out(url, aside / POSTGRES_FILE)
    replace = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _run("pg_restore", address, *replace, str(copy), patience="-c lock_timeout=10s")
    prepare(url)
    return True


def _sqlite_in(copy: Path, place: Path, aside: Path, prepare: Callable[[str], None]) -> bool:
    coming = place.with_name(f"restoring-{place.name}")
    for end in _JOURNALS:
        Path(f"{coming}{end}").unlink(missing_ok=True)
    _copy_sqlite(copy, coming)
    prepare(f"sqlite:///{coming}")
    with closing(sqlite3.connect(coming)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    was_there = place.exists()
    if was_there:
        # A database and its journals belong together: they are moved together.
        aside.mkdir(mode=0o700)
        for end in _JOURNALS:
            if Path(f"{place}{end}").exists():
                os.replace(f"{place}{end}", aside / f"{place.name}{end}")
    for end in _JOURNALS[1:]:
        Path(f"{coming}{end}").unlink(missing_ok=True)
    os.replace(coming, place)
    return was_there


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise CopyFailed(f"there is no database {source} yet")
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
    target.chmod(0o600)


def _postgres_revision(copy: Path) -> str:
    """Unpacking all of it shows damage anywhere."""
    told = _told(_program("pg_restore"), "--file=-", str(copy))
    lines = told.partition("COPY public.alembic_version ")[2].splitlines()
    if len(lines) < 2:
        raise CopyFailed(f"{copy} is no database of Tongbu: it names no schema revision")
    return lines[1].strip()


def _run(name: str, address: URL, *arguments: str, patience: str = "") -> None:
    """The password goes by the environment, which other users of the machine cannot read."""
    program = _program(name)
    shown = address.set(drivername="postgresql", password=None).render_as_string()
    more = {"PGPASSWORD": str(address.password)} if address.password else {}
    options = {"PGOPTIONS": patience} if patience else {}
    _told(program, f"--dbname={shown}", *arguments, env={**os.environ, **more, **options})


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CopyFailed(f"{name} is not here: install the client tools of your PostgreSQL version")
    return found


def _told(*command: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tools, arguments of our own
        command, env=env, capture_output=True, text=True, timeout=_LONGEST_SECONDS, check=False
    )
    if done.returncode != 0:
        raise CopyFailed(f"{Path(command[0]).name}: {done.stderr.strip()}")
    return done.stdout


def _is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _path(address: URL) -> Path:
    return Path(address.database or "")
