"""What the platform will do by itself later: finish a publish job, show a delayed comment."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.clock import Clock

LONGEST_NAP_SECONDS = 0.5


@dataclass(order=True)
class _Item:
    due: float
    order: int
    action: Callable[[], None] = field(compare=False)
    owner: str = field(compare=False)


class Agenda:
    """Runs actions when the sandbox's clock reaches them, in order of due time.

    Actions are plain functions, so that a check and its effect are never parted by another request.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._items: list[_Item] = []
        self._order = itertools.count()
        self._woken: asyncio.Event | None = None
        clock.on_change(self._wake)

    @property
    def next_due(self) -> float | None:
        """When the next action is due, in Unix seconds; None when nothing is planned."""
        return self._items[0].due if self._items else None

    def after(self, seconds: float, action: Callable[[], None], *, owner: str = "") -> None:
        """Run `action` once, `seconds` from now; `owner` is the account it belongs to."""
        due = self._clock.now() + seconds
        heapq.heappush(self._items, _Item(due, next(self._order), action, owner))
        self._wake()

    def run_due(self) -> None:
        """Run all that is due by now, also what those actions make due."""
        while self._items and self._items[0].due <= self._clock.now():
            heapq.heappop(self._items).action()

    def hasten(self, owner: str) -> None:
        """Run everything that waits for `owner` at once, whatever its time."""
        early = sorted(item for item in self._items if item.owner == owner)
        self._items = [item for item in self._items if item.owner != owner]
        heapq.heapify(self._items)
        for item in early:
            item.action()

    async def run_forever(self) -> None:
        """Keep running what falls due until cancelled."""
        self._woken = asyncio.Event()
        while True:
            self.run_due()
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), self._nap_seconds())
            except TimeoutError:
                continue

    def _nap_seconds(self) -> float:
        if not self._items:
            return LONGEST_NAP_SECONDS
        return min(LONGEST_NAP_SECONDS, max(0.0, self._items[0].due - self._clock.now()))

    def _wake(self) -> None:
        if self._woken is not None:
            self._woken.set()
