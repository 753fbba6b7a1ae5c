"""The machine's own clock and randomness."""

import secrets
import threading
import time
from datetime import UTC, datetime

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that reads like a digit."""

_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_TIME_DIGITS, _RANDOM_PAIRS = 11, 3


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

    def new(self, prefix: str) -> str:
        """`prefix_` and 17 characters; within one process strictly increasing."""
        with self._lock:
            self._last = max(time.time_ns() // 1000, self._last + 1)
            moment = self._last
        time_pairs = _spelled(moment, (_TIME_DIGITS + 1) // 2)
        tail = _spelled(secrets.randbits(10 * _RANDOM_PAIRS), _RANDOM_PAIRS)
        return f"{prefix}_{time_pairs[-_TIME_DIGITS:]}{tail}"


def _spelled(number: int, pairs: int) -> str:
    return "".join(_PAIRS[number >> 10 * place & 1023] for place in reversed(range(pairs)))
