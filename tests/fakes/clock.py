"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Beijing."""


class StillClock:
    """Keeps the promise of `ports.clock.Clock`."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def pass_seconds(self, seconds: float) -> None:
        """Let time go by."""
        self._now += timedelta(seconds=seconds)
