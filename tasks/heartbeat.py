"""Signs of life of the worker and of beat, for readiness."""

import threading
import time
from typing import Any

from celery.beat import PersistentScheduler
from celery.signals import worker_ready, worker_shutdown

from bot.config import load_settings
from bot.coordination.heartbeats import RedisHeartbeats
from bot.ports.heartbeats import BEAT, WORKER

EVERY_SECONDS = 2.0

_stopping = threading.Event()


@worker_ready.connect
def begin(**_: Any) -> None:
    """Beat from a thread of the worker's main process for as long as it consumes."""
    _stopping.clear()
    threading.Thread(target=_beat_on, name="heartbeat", daemon=True).start()


@worker_shutdown.connect
def end(**_: Any) -> None:
    """No sign of life while shutting down."""
    _stopping.set()


def _beat_on() -> None:
    heartbeats = RedisHeartbeats(load_settings().redis_url)
    while not _stopping.is_set():
        heartbeats.beat(WORKER)
        _stopping.wait(EVERY_SECONDS)


class BeatingScheduler(PersistentScheduler):
    """Celery's scheduler, which says that it lives each time it has been round."""

    _heartbeats = None
    _beaten_at = 0.0

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One round of the schedule."""
        pause: float = super().tick(*args, **kwargs)
        if time.monotonic() - self._beaten_at >= EVERY_SECONDS:
            if self._heartbeats is None:
                self._heartbeats = RedisHeartbeats(load_settings().redis_url)
            self._heartbeats.beat(BEAT)
            self._beaten_at = time.monotonic()
        return pause
