"""In-memory quiet periods, breakers, ticks and outages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.accounts.breaker import Breaker
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, OutageId, QuietPeriodId
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import QuietPeriod
from bot.ports.clock import Clock
from tests.fakes.storage_state import State


class FakeQuietPeriods:
    """Periods by id."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, period: QuietPeriod) -> None:
        self._state.quiet_periods[period.id] = period

    def save(self, period: QuietPeriod) -> None:
        self.get(period.id)
        self._state.quiet_periods[period.id] = period

    def get(self, period: QuietPeriodId) -> QuietPeriod:
        if period not in self._state.quiet_periods:
            raise NotFound("静默期", period)
        return self._state.quiet_periods[period]

    def newest(self, *, limit: int = 20) -> Sequence[QuietPeriod]:
        found = self._state.quiet_periods.values()
        return sorted(found, key=lambda p: (p.until, p.id), reverse=True)[:limit]


class FakeBreakers:
    """Breakers by account."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def save(self, breaker: Breaker) -> None:
        self._state.breakers[breaker.account] = breaker

    def of(self, account: AccountId) -> Breaker | None:
        return self._state.breakers.get(account)

    def close(self, account: AccountId) -> None:
        self._state.breakers.pop(account, None)

    def take_probe(self, account: AccountId, *, until: datetime) -> bool:
        found = self.of(account)
        if found is None or found.probe_at is None or found.probe_at > self._clock.now():
            return False
        self._state.breakers[account] = replace(found, probe_at=until)
        return True


class FakeOutages:
    """Ticks and outages."""

    def __init__(self, state: State) -> None:
        self._state = state

    def last_tick(self) -> datetime | None:
        return self._state.ticks.get("publishing")

    def note_tick(self, at: datetime) -> None:
        self._state.ticks["publishing"] = at

    def add(self, outage: Outage) -> int:
        if outage.id in self._state.outages:
            return 0
        self._state.outages[outage.id] = outage
        return sum(_was_touched(one, outage) for one in self._state.deliveries.values())

    def save(self, outage: Outage) -> None:
        self.get(outage.id)
        self._state.outages[outage.id] = outage

    def get(self, outage: OutageId) -> Outage:
        if outage not in self._state.outages:
            raise NotFound("中断", outage)
        return self._state.outages[outage]


def _was_touched(delivery: Delivery, outage: Outage) -> bool:
    was_due = outage.since <= delivery.due_at < outage.until and delivery.state in OPEN_STATES
    is_out = delivery.accepted_at is not None
    return not is_out and (was_due or delivery.state is DeliveryState.RUNNING)
