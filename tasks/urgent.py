"""The urgent lane: threads of a worker that advance emergencies, whatever its pool is busy with.

They find their work in the database, not in a queue: a full pool, a long chunk or a dead broker
keeps no emergency waiting.
"""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from celery.signals import worker_ready, worker_shutdown

from bot.jobs.names import Queue
from bot.usecases.publishing.advance_urgent import advance_urgent
from tasks.base import house

LANES = 2
LOOK_EVERY_SECONDS = 0.5
STOP_WITHIN_SECONDS = 30.0

log = structlog.get_logger()


class UrgentLane:
    """Threads that call `work` again and again until they are stopped."""

    def __init__(self, work: Callable[[], object], *, lanes: int = LANES) -> None:
        self._work = work
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"urgent-{number}", daemon=True)
            for number in range(lanes)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin nothing new; a call under way is seen through."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(STOP_WITHIN_SECONDS)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_SECONDS):
            try:
                self._work()
            except Exception:
                log.exception("urgent delivery not advanced")


_lane: list[UrgentLane] = []


@worker_ready.connect
def open_lane(sender: Any, **_: Any) -> None:
    """Beside the pool of every worker that publishes."""
    if Queue.PUBLISH.value in sender.app.amqp.queues.consume_from:
        _lane.append(UrgentLane(_advance))
        _lane[0].start()


@worker_shutdown.connect
def close_lane(**_: Any) -> None:
    """With the worker."""
    while _lane:
        _lane.pop().stop()


def _advance() -> None:
    advance_urgent(house().publishing, house().storage.overview())
