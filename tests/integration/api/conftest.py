"""A counter with nothing in it but a source and a token."""

from collections.abc import Iterator

import pytest

from tests.integration.api.counter import Counter, open_counter


@pytest.fixture
def counter(sqlite_url: str) -> Iterator[Counter]:
    """The API of an empty installation."""
    with open_counter(sqlite_url) as opened:
        yield opened
