"""Fixtures of the simulated WeChat."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.unit.sandbox.wechat.desk import Desk


@pytest.fixture
def make_desk() -> Iterator[Callable[..., Desk]]:
    """Return a maker of desks that are closed after the test."""
    made: list[Desk] = []

    def make(**options: object) -> Desk:
        made.append(Desk(**options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """Return a desk with the default account."""
    return make_desk()
