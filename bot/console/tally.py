"""How much waits for each person: every page tells it, few have to count it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.ports.clock import Clock

LASTS = timedelta(seconds=10)
"""How late a page may tell what the system itself has brought."""
MOST_PEOPLE = 1000


class _Tally(NamedTuple):
    number: int
    deeds: int
    counted_at: datetime


class Tallies:
    """The last number of each person. It is counted anew once anybody has done anything, in
    whatever process, since every deed makes the audit chain longer; and when it is ten seconds
    old. Safe to share between threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, _Tally] = {}

    def of(self, login: str, *, deeds: int, count: Callable[[], int]) -> int:
        """How much waits for `login` when the chain is `deeds` long; `count` counts it."""
        known, now = self._known.get(login), self._clock.now()
        if known is not None and known.deeds == deeds and now - known.counted_at < LASTS:
            return known.number
        return self.note(login, deeds=deeds, number=count())

    def note(self, login: str, *, deeds: int, number: int) -> int:
        """Remember what was just counted; returns it."""
        if len(self._known) >= MOST_PEOPLE:
            self._known.clear()
        self._known[login] = _Tally(number, deeds, self._clock.now())
        return number
