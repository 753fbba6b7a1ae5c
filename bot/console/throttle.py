"""Slows down guessing of passwords: failures are counted per login and address, and per address."""

from datetime import timedelta

from bot.ports.clock import Clock
from bot.usecases.throttling import Failures

WINDOW = timedelta(minutes=15)
TRIES_A_LOGIN = 5
TRIES_AN_ADDRESS = 30


class Throttle:
    """Failures of the last quarter of an hour."""

    def __init__(self, clock: Clock) -> None:
        self._failures = Failures(clock, WINDOW)

    def may_try(self, login: str, address: str) -> bool:
        """Whether another attempt is looked at."""
        return (
            self._failures.count((login, address)) < TRIES_A_LOGIN
            and self._failures.count(("", address)) < TRIES_AN_ADDRESS
        )

    def failed(self, login: str, address: str) -> None:
        """Count a wrong password."""
        self._failures.add((login, address), ("", address))

    def succeeded(self, login: str, address: str) -> None:
        """Forget the failures of who got in; the address keeps its own count."""
        self._failures.forget((login, address))
