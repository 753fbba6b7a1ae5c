"""What can wait leaves the threads of a worker to what cannot."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from celery import Celery, Task

import celeryconfig
from bot.jobs.names import Task as Names
from tasks import app
from tasks.base import BACKGROUND_PLACES, BackgroundTask, PeriodicTask

WAIT_SECONDS = 10


class Slow:
    """Work that does not end before it may."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.times = 0

    def work(self) -> str:
        """Work until it may end."""
        self.times += 1
        self.begun.release()
        assert self.may_end.wait(WAIT_SECONDS)
        return "done"


def quick() -> str:
    """Work that ends at once."""
    return "done"


def broken() -> None:
    """Work with a bug."""
    raise ZeroDivisionError


@contextmanager
def under_way(slow: Slow, job: Callable[[], object]) -> Iterator[None]:
    """`job` has begun in a thread, and ends afterwards."""
    thread = threading.Thread(target=job)
    thread.start()
    assert slow.begun.acquire(timeout=WAIT_SECONDS)
    try:
        yield
    finally:
        slow.may_end.set()
        thread.join()


def job_of(kind: type[Task], work: Callable[[], object]) -> Callable[[], object]:
    """A job of its own that does `work`."""
    made: Callable[[], object] = Celery(set_as_current=False).task(
        work, base=kind, name="a job", shared=False, lazy=False
    )
    return made


def test_a_periodic_job_does_not_begin_beside_itself() -> None:
    """Its next round finds what is left; another job is not kept."""
    slow = Slow()
    job, other = job_of(PeriodicTask, slow.work), job_of(PeriodicTask, quick)

    with under_way(slow, job):
        assert job() is None
        assert other() == "done"

    assert slow.times == 1
    assert job() == "done"


def test_a_periodic_job_that_failed_begins_again() -> None:
    """A bug in one round must not end all rounds."""
    job = job_of(PeriodicTask, broken)

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            job()


class Reading(BackgroundTask):
    """Background work that counts how often it was put off."""

    abstract = True
    times_put_off = 0

    def put_off(self) -> None:
        """Count it."""
        Reading.times_put_off += 1


def test_a_reader_does_not_begin_beside_one_of_the_same() -> None:
    """An account whose platform is slow is not read twice at once; it is not put off either."""
    slow = Slow()
    job = job_of(BackgroundTask, slow.work)

    with under_way(slow, job):
        assert job() is None

    assert slow.times == 1
    assert job() == "done"


def test_readers_of_slow_platforms_take_no_more_than_their_places() -> None:
    """However many accounts keep their readers waiting, the pool has threads for posts."""
    slow = Slow()

    left = job_of(Reading, quick)

    with ExitStack() as readers:
        for _ in range(BACKGROUND_PLACES):
            readers.enter_context(under_way(slow, job_of(BackgroundTask, slow.work)))
        assert left() is None
    assert slow.times == BACKGROUND_PLACES
    assert Reading.times_put_off == 1
    assert job_of(BackgroundTask, quick)() == "done"


@pytest.mark.parametrize("entry", celeryconfig.beat_schedule.values(), ids=lambda e: e["task"])
def test_what_beat_rings_for_never_piles_up(entry: dict[str, object]) -> None:
    """Only the tick may overlap: it rings quickly, and tells alone."""
    app.loader.import_default_modules()
    job = app.tasks[entry["task"]]

    assert isinstance(job, PeriodicTask) or entry["task"] == Names.TICK
