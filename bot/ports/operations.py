"""What operations keep in the database: quiet periods, breakers, ticks and outages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.accounts.breaker import Breaker
from bot.domain.ids import AccountId, OutageId, QuietPeriodId
from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import QuietPeriod


class QuietPeriods(Protocol):
    """静默期: past, present and future ones."""

    def add(self, period: QuietPeriod) -> None: ...
    def save(self, period: QuietPeriod) -> None: ...

    def get(self, period: QuietPeriodId) -> QuietPeriod:
        """Raises NotFound."""
        ...

    def newest(self, *, limit: int = 20) -> Sequence[QuietPeriod]:
        """Those that end last come first."""
        ...


class Breakers(Protocol):
    """Circuit breakers of accounts; an account without one answers."""

    def save(self, breaker: Breaker) -> None: ...
    def of(self, account: AccountId) -> Breaker | None: ...

    def close(self, account: AccountId) -> None:
        """The platform answers again."""
        ...

    def take_probe(self, account: AccountId, *, until: datetime) -> bool:
        """Whether the caller is the one who tries: nobody else does so before `until`."""
        ...


class Outages(Protocol):
    """When ticks ran, and the times in which none did."""

    def last_tick(self) -> datetime | None:
        """The last tick that was noted."""
        ...

    def note_tick(self, at: datetime) -> None: ...

    def add(self, outage: Outage) -> int:
        """Store it with everything that was due in it, or was being sent when it began, and is
        not out; returns how many deliveries that are. One that is there already stays."""
        ...

    def save(self, outage: Outage) -> None: ...

    def get(self, outage: OutageId) -> Outage:
        """Raises NotFound."""
        ...


class Requests(Protocol):
    """Answers already given to requests with an idempotency key."""

    def answer_to(self, scope: str, key: str) -> tuple[str, str] | None:
        """(request digest, stored answer) of this key, if it was used."""
        ...

    def remember(self, scope: str, key: str, *, digest: str, answer: str) -> None: ...


class Stops(Protocol):
    """The emergency stop of everything; a single account's stop is on the account."""

    def everything_is_stopped(self) -> bool: ...

    def why_stopped(self) -> tuple[str, str] | None:
        """Who stopped everything, and the reason given; None while nothing is stopped."""
        ...

    def stop_everything(self, *, by: str, reason: str = "") -> None: ...
    def lift(self) -> None: ...
