"""Transition tables: which state may follow which, and the error when it may not."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from bot.domain.errors import IllegalMove

S = TypeVar("S", bound=StrEnum)


def move(thing: str, table: Mapping[S, frozenset[S]], now: S, wanted: S) -> S:
    """Return `wanted` if `table` allows it from `now`.

    Raises:
        IllegalMove: naming both states.
    """
    if wanted not in table.get(now, frozenset()):
        raise IllegalMove(thing, now=now.value, wanted=wanted.value)
    return wanted
