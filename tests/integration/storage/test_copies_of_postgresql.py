"""Backup and restore of PostgreSQL, by commands in processes of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.fakes.vault import OpenVault

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no client tools of PostgreSQL"),
]


def tongbu(home: Path, url: str, *arguments: str) -> str:
    """What a command printed; it must have gone well."""
    settings = {"TONGBU_HOME": str(home), "TONGBU_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        env=os.environ | settings | {"TONGBU_SECRET_KEY": "k" * 32},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_postgresql_database_comes_back_and_knows_that_it_is_old(
    postgres_url: str, tmp_path: Path
) -> None:
    """The same two commands as on SQLite; what was there is kept beside it."""
    home, out = tmp_path / "home", tmp_path / "backup"
    tongbu(home, postgres_url, "source", "add", "site", "--kind", "api")
    tongbu(home, postgres_url, "backup", str(out))
    tongbu(home, postgres_url, "source", "add", "later", "--kind", "api")

    tongbu(home, postgres_url, "restore", str(out))

    database = Database(postgres_url, audit_key=b"key", vault=OpenVault())
    with database.begin() as uow:
        sources = [source.id for source in uow.sources.all()]
        restoration = uow.restorations.newest()
    database.dispose()
    assert sources == ["site"]
    assert restoration is not None
    assert restoration.backup_taken_at < restoration.restored_at
    assert (next(home.glob("before-restore-*")) / "tongbu.pgdump").exists()
