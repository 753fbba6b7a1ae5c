"""A desk for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.console.desk import Desk
from tests.unit.console.town import settle


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    """A console over an empty database."""
    made = Desk(sqlite_url)
    yield made
    made.storage.dispose()


@pytest.fixture(scope="session")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with work in it, to be copied."""
    path = tmp_path_factory.mktemp("town") / "town.sqlite3"
    shutil.copyfile(sqlite_template, path)
    made = Desk(f"sqlite:///{path}")
    settle(made.storage)
    made.storage.dispose()
    return path


@pytest.fixture
def busy(town: Path, tmp_path: Path) -> Iterator[Desk]:
    """A console with work on it."""
    path = tmp_path / "tongbu.sqlite3"
    shutil.copyfile(town, path)
    made = Desk(f"sqlite:///{path}")
    yield made
    made.storage.dispose()
