"""The base tasks: the house is built once a process, every job logs what it was about, and what
can wait leaves the threads of a worker to what cannot."""

import threading
from functools import cache
from typing import Any

import structlog
from celery import Task

from bot.bootstrap import House, build_house
from bot.config import load_settings

log = structlog.get_logger()

BACKGROUND_PLACES = 4
"""Jobs of one process that may work in the background at once, whatever its pool holds."""

_places = threading.BoundedSemaphore(BACKGROUND_PLACES)


@cache
def house() -> House:
    """This process's house, built when the first job needs it."""
    return build_house(load_settings())


class TongbuTask(Task):
    """Logs a job that failed with its arguments, which are ids only."""

    abstract = True

    def on_failure(
        self,
        exc: BaseException,
        task_id: str,  # noqa: ARG002 - Celery names the arguments
        args: Any,
        kwargs: Any,  # noqa: ARG002
        einfo: Any,
    ) -> None:
        log.error("job failed", task=self.name, ids=args, error=repr(exc), trace=str(einfo))


class PeriodicTask(TongbuTask):
    """Begins nothing while the one before it still works in this process: it would only do the
    same work again, in a thread that others wait for. The next round finds what is left."""

    abstract = True

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do it, or leave it to the one that does."""
        if not self._turn.acquire(blocking=False):
            return None
        try:
            return super().__call__(*args, **kwargs)
        finally:
            self._turn.release()


class BackgroundTask(TongbuTask):
    """Begins nothing while the background's places of this process are taken, or while the same
    is under way here. Platforms that keep every reader waiting must not keep posts waiting too."""

    abstract = True

    def __init__(self) -> None:
        self._under_way: set[tuple[Any, ...]] = set()
        self._door = threading.Lock()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do it; leave it to the one that does; or put it off."""
        with self._door:
            if args in self._under_way:
                return None
            self._under_way.add(args)
        try:
            return self._done_in_a_place(*args, **kwargs)
        finally:
            with self._door:
                self._under_way.discard(args)

    def put_off(self, *args: Any) -> None:
        """Have it rung for again soon: nobody else knows that it was not done."""

    def _done_in_a_place(self, *args: Any, **kwargs: Any) -> Any:
        if not _places.acquire(blocking=False):
            return self.put_off(*args)
        try:
            return super().__call__(*args, **kwargs)
        finally:
            _places.release()
