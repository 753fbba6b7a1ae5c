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
def begin(sender: Any, **_: Any) -> None:
    """Beat from a thread of the worker's main process for as long as it consumes."""
    _stopping.clear()
    queues = frozenset(sender.app.amqp.queues.consume_from)
    threading.Thread(target=_beat_on, args=(queues,), name="heartbeat", daemon=True).start()


@worker_shutdown.connect
def end(**_: Any) -> None:
    """No sign of life while shutting down; nobody needs to ask for it either."""
    _stopping.set()
    RedisHeartbeats(load_settings().redis_url).end(WORKER)


def _beat_on(queues: frozenset[str]) -> None:
    heartbeats = RedisHeartbeats(load_settings().redis_url)
    while not _stopping.is_set():
        heartbeats.beat(WORKER, queues=queues)
        _stopping.wait(EVERY_SECONDS)


class BeatingScheduler(PersistentScheduler):
    """Celery's scheduler, which says that it lives each time it has been round."""

    _heartbeats = None
    _beaten_at = 0.0

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One round of the schedule."""
        pause: float = super().tick(*args, **kwargs)
        if time.monotonic() - self._beaten_at >= EVERY_SECONDS:
            self._living.beat(BEAT)
            self._beaten_at = time.monotonic()
        return pause

    def close(self) -> None:
        """The end, as asked."""
        super().close()
        self._living.end(BEAT)

    @property
    def _living(self) -> RedisHeartbeats:
        if self._heartbeats is None:
            self._heartbeats = RedisHeartbeats(load_settings().redis_url)
        return self._heartbeats
