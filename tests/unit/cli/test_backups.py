"""Backup and restore, as an operator does them."""

import shutil
import sqlite3
from contextlib import closing
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


def test_what_is_lost_comes_back_and_knows_that_it_is_old(desk: Desk, backed_up: Path) -> None:
    """Posts that went out after the backup must not go out again, and need not wait for a person
    where they can be looked up."""
    desk.run("source", "add", "later", "--kind", "api")
    shutil.rmtree(desk.home / "media")

    answer = desk.run("restore", backed_up)

    house = desk.house()
    picture = next(path for path in backed_up.rglob("*") if path.parent != backed_up)
    with house.storage.begin() as uow:
        restoration = uow.restorations.newest()
        assert not uow.stops.everything_is_stopped()
        assert [source.id for source in uow.sources.all()] == ["site"]
        assert uow.audit.records()[-1].action == "backup.restored"
    assert answer.status == 0
    assert restoration is not None
    assert restoration.backup_taken_at < restoration.restored_at
    assert any(path.name == picture.name for path in (desk.home / "media").rglob("*"))
    assert (next(desk.home.glob("before-restore-*")) / "tongbu.sqlite3").exists()
    assert not list(desk.home.glob("restoring-*"))


def test_a_copy_that_came_back_by_other_means_is_said_to_be_old(desk: Desk) -> None:
    """A snapshot of the machine, or PostgreSQL's own tools."""
    assert desk.run("db", "restored", "2026-01-31T09:00").status == 0
    assert desk.run("db", "restored", "2999-01-31T09:00").status == 1
    assert desk.run("db", "restored", "yesterday").status == 2

    with desk.house().storage.begin() as uow:
        restoration = uow.restorations.newest()
        assert restoration is not None
        assert restoration.backup_taken_at.isoformat() == "2026-01-31T01:00:00+00:00"


def test_a_backup_of_a_later_version_is_refused(desk: Desk, backed_up: Path) -> None:
    """Its tables may hold what this version would lose."""
    manifest = backed_up / "backup.json"
    manifest.write_text(manifest.read_text().replace('"revision": "', '"revision": "9'))

    answer = desk.run("restore", backed_up)

    assert answer.status == 1
    assert "later version" in answer.err


def test_what_was_changed_in_a_backup_is_seen(desk: Desk, backed_up: Path) -> None:
    """A readable database is not yet the one that was written."""
    database = backed_up / "tongbu.sqlite3"
    with closing(sqlite3.connect(database)) as copy:
        copy.execute("DELETE FROM sources")
        copy.commit()

    assert desk.run("restore", backed_up).status == 1


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


def test_a_backup_of_one_kind_of_database_is_not_put_into_another(
    desk: Desk, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said plainly, before anything is touched."""
    monkeypatch.setenv("TONGBU_DATABASE_URL", "postgresql://nowhere/tongbu")
    monkeypatch.setenv("TONGBU_SECRET_KEY", "k" * 32)

    answer = desk.run("restore", backed_up)

    assert answer.status == 1
    assert "tongbu.pgdump" in answer.err
