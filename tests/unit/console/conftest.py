"""A desk for every test."""

from collections.abc import Iterator

import pytest

from tests.unit.console.desk import Desk
from tests.unit.console.town import settle


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    """A console over an empty database."""
    made = Desk(sqlite_url)
    yield made
    made.storage.dispose()


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A console with work on it."""
    settle(desk.storage)
    return desk
