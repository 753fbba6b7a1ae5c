"""Backups of an embedded installation: one folder with the database and the pictures."""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.refusing import Refused

DATABASE = "tongbu.sqlite3"
MEDIA = "media"
MANIFEST = "backup.json"
_LOCK = "supervisor.lock"


def write_backup(home: Path, secret_key: str, out: Path) -> None:
    """Copy the database, as it stands at one moment, and the pictures to `out`.

    Raises:
        Refused: there is nothing to copy, or `out` is not an empty folder of ours to write.
    """
    if not (home / DATABASE).exists():
        raise Refused(f"{home} has no database yet")
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(out.iterdir()):
            raise Refused(f"{out} is not empty; name a new folder")
        _copy_database(home / DATABASE, out / DATABASE)
        # After the database: a picture it names is there; one that came since does no harm.
        if (home / MEDIA).is_dir():
            shutil.copytree(home / MEDIA, out / MEDIA)
        manifest = {"made_at": datetime.now(UTC).isoformat(), "key": _key_mark(secret_key)}
        (out / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    except OSError as error:
        raise Refused(f"{out}: cannot be written: {error.strerror}") from error


def read_backup(folder: Path, home: Path, secret_key: str) -> Path | None:
    """Put the backup in `folder` in place; returns where the former database was moved to.

    Raises:
        Refused: it is no whole backup, its secrets need another key, or Tongbu is running.
    """
    _require_whole(folder, secret_key)
    with (home / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"Tongbu runs in {home}; stop it first") from error
        kept = _put_aside(home)
        _copy_database(folder / DATABASE, home / DATABASE)
        if (folder / MEDIA).is_dir():
            # Named by content: a file of the same name is the same picture.
            shutil.copytree(folder / MEDIA, home / MEDIA, dirs_exist_ok=True)
    return kept


def _require_whole(folder: Path, secret_key: str) -> None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{folder} is not a backup of Tongbu: no readable {MANIFEST}") from error
    if not (folder / DATABASE).is_file():
        raise Refused(f"{folder} is not whole: no {DATABASE}")
    try:
        with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise Refused(f"{folder / DATABASE} is damaged: {error}") from error
    if found != "ok":
        raise Refused(f"{folder / DATABASE} is damaged: {found}")
    if manifest.get("key") != _key_mark(secret_key):
        raise Refused(
            "the backup was made under another secret key: put its secret.key into TONGBU_HOME, "
            "or set TONGBU_SECRET_KEY, then restore again"
        )


def _put_aside(home: Path) -> Path | None:
    """A database and its journals belong together: they are moved together."""
    current = home / DATABASE
    if not current.exists():
        return None
    aside = home / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir(mode=0o700)
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        if (home / name).exists():
            os.replace(home / name, aside / name)
    return aside


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own online copy: whole whatever is being written meanwhile."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
    target.chmod(0o600)


def _key_mark(secret_key: str) -> str:
    """Tells keys apart without telling the key: it is random, so its hash cannot be guessed."""
    return hashlib.sha256(b"tongbu backup" + secret_key.encode()).hexdigest()[:16]
