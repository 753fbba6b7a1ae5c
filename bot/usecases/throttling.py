"""Counting failures, so that guessing slows down.

Counts live in one process: with several of them somebody who guesses gets as many tries more.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta

from bot.ports.clock import Clock

REMEMBERED = 10_000
"""How many counters are kept; the oldest are forgotten first, so that memory stays bounded."""


class Failures:
    """How often something failed within the last `window`, by key. Safe to share."""

    def __init__(self, clock: Clock, window: timedelta) -> None:
        self._clock = clock
        self._window = window
        self._turn = threading.Lock()
        self._times: OrderedDict[Hashable, list[datetime]] = OrderedDict()

    def count(self, key: Hashable) -> int:
        """How many are remembered."""
        with self._turn:
            return len(self._recent(key))

    def add(self, *keys: Hashable) -> None:
        """One more of each."""
        now = self._clock.now()
        with self._turn:
            for key in keys:
                self._times[key] = [*self._recent(key), now]
                self._times.move_to_end(key)
            while len(self._times) > REMEMBERED:
                self._times.popitem(last=False)

    def forget(self, key: Hashable) -> None:
        """Begin anew."""
        with self._turn:
            self._times.pop(key, None)

    def _recent(self, key: Hashable) -> list[datetime]:
        since = self._clock.now() - self._window
        return [at for at in self._times.get(key, []) if at > since]
