"""Slows down guessing of passwords: failures are counted per login and address, and per address.

Counts live in this process: with several web processes an attacker gets as many tries more.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.ports.clock import Clock

WINDOW = timedelta(minutes=15)
TRIES_A_LOGIN = 5
TRIES_AN_ADDRESS = 30
REMEMBERED = 10_000
"""How many counters are kept; the oldest are forgotten first, so that memory stays bounded."""

Key = tuple[str, str]


class Throttle:
    """Failures of the last quarter of an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: OrderedDict[Key, list[datetime]] = OrderedDict()

    def may_try(self, login: str, address: str) -> bool:
        """Whether another attempt is looked at."""
        return (
            len(self._recent((login, address))) < TRIES_A_LOGIN
            and len(self._recent(("", address))) < TRIES_AN_ADDRESS
        )

    def failed(self, login: str, address: str) -> None:
        """Count a wrong password."""
        for key in ((login, address), ("", address)):
            self._failures[key] = [*self._recent(key), self._clock.now()]
            self._failures.move_to_end(key)
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, login: str, address: str) -> None:
        """Forget the failures of who got in; the address keeps its own count."""
        self._failures.pop((login, address), None)

    def _recent(self, key: Key) -> list[datetime]:
        since = self._clock.now() - WINDOW
        return [at for at in self._failures.get(key, []) if at > since]
