"""A worker's threads in this process: rings wait in a queue, the use cases are the product's."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bot.domain.ids import AccountId, AnswerId, DeliveryId, ReleaseId, SourceId
from bot.storage.database import Database
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.ring_due import ring_due
from bot.usecases.publishing.tools import PublishingTools

THREADS = 16
TICK_SECONDS = 0.2


class QueueDoorbell:
    """Rings within the process; what Celery would carry as a job is one entry of the queue."""

    def __init__(self) -> None:
        self.rings: queue.SimpleQueue[Sequence[DeliveryId] | None] = queue.SimpleQueue()

    def deliveries_are_due(self, account: AccountId, ids: Sequence[DeliveryId]) -> None:
        self.rings.put(ids)

    def release_is_approved(self, release: ReleaseId) -> None:
        raise AssertionError(release)

    def account_may_have_replies(self, account: AccountId) -> None:
        raise AssertionError(account)

    def answers_are_due(self, account: AccountId, ids: Sequence[AnswerId]) -> None:
        raise AssertionError(account)

    def account_may_have_figures(self, account: AccountId) -> None:
        raise AssertionError(account)

    def source_may_have_news(self, source: SourceId) -> None:
        raise AssertionError(source)


class Workers:
    """16 threads that advance what is rung for, and a tick every 0.2 s."""

    def __init__(self, storage: Database, tools: PublishingTools) -> None:
        self._storage, self._tools = storage, tools
        self._bell = QueueDoorbell()
        self._stop = threading.Event()
        self._broken: list[BaseException] = []

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work until the block ends; raises what a thread died of."""
        targets = [self._tick, *[self._work] * THREADS]
        threads = [threading.Thread(target=self._watched, args=(each,)) for each in targets]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for _ in threads:
                self._bell.rings.put(None)
            for thread in threads:
                thread.join()
        if self._broken:
            raise self._broken[0]

    def _watched(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            self._broken.append(error)
            raise

    def _tick(self) -> None:
        due = time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            ring_due(storage=self._storage, doorbell=self._bell)
            due = max(due + TICK_SECONDS, time.monotonic())

    def _work(self) -> None:
        while (ids := self._bell.rings.get()) is not None:
            for delivery in ids:
                if self._stop.is_set():
                    return
                advance_delivery(delivery, self._tools)


def until(is_done: Callable[[], bool], *, seconds: float) -> None:
    """Wait for it, but no longer than this."""
    end = time.monotonic() + seconds
    while not is_done() and time.monotonic() < end:
        time.sleep(0.02)
