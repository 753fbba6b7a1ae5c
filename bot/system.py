"""The machine's own clock and randomness."""

import secrets
import threading
import time
from datetime import UTC, datetime

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that reads like a digit."""

_TIME_DIGITS, _RANDOM_DIGITS = 11, 6


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
        tail = secrets.randbits(5 * _RANDOM_DIGITS)
        return f"{prefix}_{_spelled(moment, _TIME_DIGITS)}{_spelled(tail, _RANDOM_DIGITS)}"


def _spelled(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
