"""A desk in an installation with a database and nothing in it."""

import shutil
from pathlib import Path

import pytest

from tests.unit.cli.desk import Desk, open_desk


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk before anything was set up. Its broker is one that nobody serves."""
    home = tmp_path / "home"
    for name in ("DATABASE_URL", "SECRET_KEY", "TIMEZONE", "PUBLIC_URL"):
        monkeypatch.delenv(f"TONGBU_{name}", raising=False)
    monkeypatch.setenv("TONGBU_HOME", str(home))
    monkeypatch.setenv("TONGBU_REDIS_URL", f"unix://{tmp_path}/no.sock")
    return open_desk(home)


@pytest.fixture
def desk(bare: Desk, sqlite_template: Path) -> Desk:
    """A desk with an empty, migrated database."""
    bare.home.mkdir()
    shutil.copyfile(sqlite_template, bare.home / "tongbu.sqlite3")
    return bare
