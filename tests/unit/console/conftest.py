"""A desk for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.people import Role
from tests.unit.console.browser import Browser
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
    yield from _desk_over(town, tmp_path)


@pytest.fixture(scope="module")
def seen(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A console with work on it that the tests of a module look at and leave as it is."""
    yield from _desk_over(town, tmp_path_factory.mktemp("seen"))


@pytest.fixture(scope="module")
def looker(seen: Desk) -> Browser:
    """Somebody of every role, who only looks."""
    return seen.signed_in("wang", *Role)


@pytest.fixture(scope="module")
def first_day(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Somebody of every role in an office without any work."""
    for made in _desk_over(sqlite_template, tmp_path_factory.mktemp("first-day")):
        yield made.signed_in("wang", *Role)


def _desk_over(database: Path, folder: Path) -> Iterator[Desk]:
    path = folder / "tongbu.sqlite3"
    shutil.copyfile(database, path)
    made = Desk(f"sqlite:///{path}")
    yield made
    made.storage.dispose()
