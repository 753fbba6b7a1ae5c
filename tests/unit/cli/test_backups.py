"""Backup and restore of an embedded installation."""

import shutil
from pathlib import Path

import pytest

from tests.unit.cli.desk import Desk


@pytest.fixture
def backed_up(desk: Desk) -> Path:
    """A backup with one source and one picture in it."""
    desk.run("source", "add", "site", "--kind", "api")
    desk.house().media.put(b"a picture")
    out = desk.home.parent / "backup"
    assert desk.run("backup", out).status == 0
    return out


def test_what_is_lost_comes_back_and_publishing_is_stopped(desk: Desk, backed_up: Path) -> None:
    """Posts that went out after the backup must not go out again."""
    desk.run("source", "add", "later", "--kind", "api")
    shutil.rmtree(desk.home / "media")

    answer = desk.run("restore", backed_up)

    house = desk.house()
    picture = next(path for path in backed_up.rglob("*") if path.parent != backed_up)
    with house.storage.begin() as uow:
        assert uow.stops.everything_is_stopped()
        assert [source.id for source in uow.sources.all()] == ["site"]
    assert answer.status == 0
    assert any(path.name == picture.name for path in (desk.home / "media").rglob("*"))
    assert (next(desk.home.glob("before-restore-*")) / "tongbu.sqlite3").exists()


def test_the_secret_key_is_not_in_a_backup(desk: Desk, backed_up: Path) -> None:
    """A stolen backup opens no account."""
    key = (desk.home / "secret.key").read_bytes()

    assert not any(key in path.read_bytes() for path in backed_up.rglob("*") if path.is_file())


def test_a_backup_under_another_key_is_refused(desk: Desk, backed_up: Path) -> None:
    """Its sealed secrets could not be read."""
    (desk.home / "secret.key").write_text("f" * 64)

    answer = desk.run("restore", backed_up)

    assert answer.status == 1
    assert "secret key" in answer.err


def test_a_damaged_backup_is_refused(desk: Desk, backed_up: Path) -> None:
    """What is there stays."""
    database = backed_up / "tongbu.sqlite3"
    database.write_bytes(database.read_bytes()[:5000])

    assert desk.run("restore", backed_up).status == 1
    assert desk.run("source", "list", "--json").json[0]["id"] == "site"


def test_a_backup_goes_into_an_empty_folder(desk: Desk, backed_up: Path) -> None:
    """Two backups in one folder would be none."""
    assert desk.run("backup", backed_up).status == 1


def test_postgresql_is_backed_up_by_its_own_tools(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said plainly, not half done."""
    monkeypatch.setenv("TONGBU_DATABASE_URL", "postgresql://nowhere/tongbu")
    monkeypatch.setenv("TONGBU_SECRET_KEY", "k" * 32)

    answer = desk.run("backup", desk.home.parent / "b")

    assert answer.status == 1
    assert "pg_dump" in answer.err
