"""The machine's own clock and randomness."""

import os
import threading
import time
from array import array
from datetime import UTC, datetime

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that reads like a digit."""

_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_TIME_DIGITS, _RANDOM_PAIRS = 11, 3
_STOCK = 4096
"""Random bytes read at once: each reading lets other threads take the interpreter."""


class SystemClock:
    """Implements `bot.ports.clock.Clock`."""

    def now(self) -> datetime:
        """The machine's time, in UTC."""
        return datetime.now(UTC)


class SortableIds:
    """Implements `bot.ports.clock.Ids`: microseconds since the epoch, then randomness."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._stock: array[int] = array("I")
        self._stocked_by = 0

    def new(self, prefix: str) -> str:
        """`prefix_` and 17 characters; within one process strictly increasing."""
        with self._lock:
            self._last = max(time.time_ns() // 1000, self._last + 1)
            moment, number = self._last, self._random()
        time_pairs = _spelled(moment, (_TIME_DIGITS + 1) // 2)
        return f"{prefix}_{time_pairs[-_TIME_DIGITS:]}{_spelled(number, _RANDOM_PAIRS)}"

    def _random(self) -> int:
        """32 random bits; a forked process must not go on with its parent's."""
        if not self._stock or self._stocked_by != os.getpid():
            self._stock, self._stocked_by = array("I", os.urandom(_STOCK)), os.getpid()
        return self._stock.pop()


def _spelled(number: int, pairs: int) -> str:
    return "".join(_PAIRS[number >> 10 * place & 1023] for place in reversed(range(pairs)))
