"""Databases with full durability: a SQLite file, and a PostgreSQL server of our own."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.database import Database
from bot.vault.secrets import FernetVault

PATIENCE_SECONDS = 60.0
"""A machine that does other things besides is measured, not given up."""
VAULT = FernetVault("b" * 32)


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """SQLite as the embedded installation has it: WAL, synchronous=FULL."""
    with _opened(f"sqlite:///{folder / 'bench.sqlite3'}") as database:
        yield database


@contextmanager
def postgresql(folder: Path) -> Iterator[Database | None]:
    """PostgreSQL with its own defaults (fsync on); None where none is installed."""
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    with _server(binaries, folder), _opened(f"postgresql://postgres@/postgres?host={folder}") as db:
        yield db


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url, audit_key=b"bench", vault=VAULT, busy_timeout_seconds=PATIENCE_SECONDS)
    database.upgrade()
    try:
        yield database
    finally:
        database.dispose()


def _binaries() -> Path | None:
    """The folder of initdb; as root only where the system has a user for the server."""
    if os.getuid() == 0 and not any(entry.pw_name == "postgres" for entry in pwd.getpwall()):
        return None
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def _server(binaries: Path, folder: Path) -> Iterator[None]:
    as_user, cluster = _as_server_user(folder), f"{folder}/cluster"
    initdb = [str(binaries / "initdb"), "-D", cluster, "-U", "postgres", "-A", "trust"]
    _quietly([*as_user, *initdb, "--encoding=UTF8", "--locale=C.UTF-8"], folder)
    control = [*as_user, str(binaries / "pg_ctl"), "-D", cluster, "-w"]
    options = f"-c listen_addresses='' -c max_connections=60 -k {folder}"
    _quietly([*control, "-l", f"{folder}/log", "-o", options, "start"], folder)
    try:
        yield
    finally:
        _quietly([*control, "-m", "fast", "stop"], folder)


def _quietly(command: list[str], folder: Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)


def _as_server_user(folder: Path) -> list[str]:
    """PostgreSQL refuses root."""
    if os.getuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    ids = (f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    return ["setpriv", *ids, "--"]
