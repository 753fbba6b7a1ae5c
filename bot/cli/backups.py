"""Backups: one folder with the database, the pictures, and what is needed to trust both later."""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.refusing import Refused
from bot.storage import copying
from bot.storage.copying import CopyFailed
from bot.storage.migrating import known_revisions

MEDIA = "media"
MANIFEST = "backup.json"
_LOCK = "supervisor.lock"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `made_at` is before the copy began; `revision` is the schema's,
    `sha256` the database file's, `key` tells the secret keys apart."""

    made_at: str
    key: str
    database: str
    sha256: str
    revision: str

    @property
    def taken_at(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def write_backup(home: Path, database_url: str, secret_key: str, out: Path) -> Manifest:
    """Copy the database, as it stands at one moment, and the pictures to `out`; then read the copy.

    Raises:
        Refused: there is nothing to copy, `out` is not an empty folder of ours to write, or the
            copy is not what it should be.
    """
    made_at = datetime.now(UTC)
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(out.iterdir()):
            raise Refused(f"{out} is not empty; name a new folder")
        name = copying.file_name(database_url)
        copying.copy_out(database_url, out / name)
        # After the database: a picture it names is there; one that came since does no harm.
        if (home / MEDIA).is_dir():
            shutil.copytree(home / MEDIA, out / MEDIA)
        manifest = Manifest(
            made_at.isoformat(),
            _key_mark(secret_key),
            name,
            _sha256(out / name),
            copying.verified_revision(out / name),
        )
        (out / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    except OSError as error:
        raise Refused(f"{out}: cannot be written: {error.strerror}") from error
    except CopyFailed as error:
        raise Refused(str(error)) from error
    return manifest


def read_backup(
    folder: Path,
    home: Path,
    database_url: str,
    secret_key: str,
    *,
    prepare: Callable[[str, datetime], None],
) -> Path | None:
    """Put the backup in `folder` in place; returns where the former database was moved to.

    `prepare` is given the address of the restored database and the moment the backup was taken. A
    SQLite database is prepared before it is in its place, so that nobody ever works on one that
    does not know it is old.

    Raises:
        Refused: it is no whole backup, its secrets need another key, it comes from a later version
            or another kind of database, or Tongbu is running.
    """
    manifest = _require_whole(folder, secret_key, copying.file_name(database_url))
    with (home / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"Tongbu runs in {home}; stop it first") from error
        aside = home / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        try:
            kept = copying.copy_in(
                folder / manifest.database,
                database_url,
                aside=aside,
                prepare=lambda url: prepare(url, manifest.taken_at),
            )
        except CopyFailed as error:
            raise Refused(str(error)) from error
        if (folder / MEDIA).is_dir():
            # Named by content: a file of the same name is the same picture.
            shutil.copytree(folder / MEDIA, home / MEDIA, dirs_exist_ok=True)
    return aside if kept else None


def _require_whole(folder: Path, secret_key: str, name: str) -> Manifest:
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise Refused(f"{folder} is not a backup of Tongbu: no readable {MANIFEST}") from error
    database = folder / manifest.database
    if not database.is_file():
        raise Refused(f"{folder} is not whole: no {manifest.database}")
    if manifest.database != name:
        raise Refused(f"{folder} holds {manifest.database}, the settings ask for {name}")
    if _sha256(database) != manifest.sha256:
        raise Refused(f"{database} is damaged: it is not the file that was written")
    if manifest.key != _key_mark(secret_key):
        raise Refused(
            "the backup was made under another secret key: put its secret.key into TONGBU_HOME, "
            "or set TONGBU_SECRET_KEY, then restore again"
        )
    if manifest.revision not in known_revisions():
        raise Refused(
            f"the backup was made by a later version of Tongbu (schema {manifest.revision}): "
            "install that version, then restore again"
        )
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key_mark(secret_key: str) -> str:
    """Tells keys apart without telling the key: it is random, so its hash cannot be guessed."""
    return hashlib.sha256(b"tongbu backup" + secret_key.encode()).hexdigest()[:16]
