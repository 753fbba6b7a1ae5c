"""The sandbox's own time: the wall clock, which a scenario or a test can shift or set."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock:
    """Says what time the platform believes it is, in Unix seconds.

    Both platforms of one sandbox share a clock. A frozen clock stands still until it is moved.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._shift = 0.0
        self._watchers: list[Callable[[], None]] = []

    @classmethod
    def frozen_at(cls, unix_seconds: float) -> Clock:
        """Return a clock that only moves by `shift` and `set`."""
        return cls(lambda: unix_seconds)

    def now(self) -> float:
        """Return the present in Unix seconds."""
        return self._wall() + self._shift

    def beijing(self) -> datetime:
        """Return the present in Beijing, where both platforms keep their days."""
        return datetime.fromtimestamp(self.now(), BEIJING)

    def shift(self, seconds: float) -> None:
        """Move the present by `seconds`, forward or back, and wake whoever waits for a time."""
        self._shift += seconds
        for wake in self._watchers:
            wake()

    def set(self, unix_seconds: float) -> None:
        """Make the present `unix_seconds`; from there the clock goes on as before."""
        self.shift(unix_seconds - self.now())

    def on_change(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever the clock is moved by hand."""
        self._watchers.append(wake)
