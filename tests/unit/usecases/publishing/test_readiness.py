"""Readiness names the part that is not well, and what to do."""

import pytest

from bot.ports.heartbeats import BEAT, TICK, WORKER, Pulse
from bot.ports.overview import Overview
from bot.ports.storage import StorageUnavailable, UnitOfWork
from bot.usecases.publishing.readiness import WELL, database_health, readiness
from tests.fakes.heartbeats import FakeHeartbeats
from tests.fakes.storage import FakeStorage

QUEUES = frozenset({"publish", "urgent"})


def alive(**changes: list[Pulse]) -> FakeHeartbeats:
    """Everybody gave a sign of life a second ago."""
    well = {
        WORKER: [Pulse("a:1", 1.0, QUEUES)],
        BEAT: [Pulse("a:2", 1.0)],
        TICK: [Pulse("a:1", 1.0)],
    }
    return FakeHeartbeats(**(well | changes))


class Late(Overview):
    """An overview that knows only how much is overdue."""

    def __init__(self, late: int = 0) -> None:
        self._late = late

    def overdue(self, *, seconds: float) -> int:
        return self._late


class Away(FakeStorage):
    """A database that is away."""

    def begin(self) -> UnitOfWork:  # type: ignore[override]
        raise StorageUnavailable("connection refused")


def parts(
    heartbeats: FakeHeartbeats, late: int = 0, storage: FakeStorage | None = None
) -> dict[str, str]:
    overview = Late(late)  # type: ignore[abstract]
    store = storage or FakeStorage()
    return dict(readiness(storage=store, overview=overview, heartbeats=heartbeats, queues=QUEUES))


def faults(found: dict[str, str]) -> set[str]:
    return {part for part, said in found.items() if said != WELL}


def test_a_house_that_works_is_well_in_every_part() -> None:
    """Six parts, each asked."""
    assert parts(alive()) == dict.fromkeys(
        ("database", "broker", "worker", "beat", "tick", "overdue"), WELL
    )


def test_a_silent_worker_is_named() -> None:
    """Not “ok” while the worker is dead; beat is not blamed."""
    found = parts(alive(worker=[Pulse("a:1", 60.0, QUEUES)]))

    assert faults(found) == {"worker"}
    assert "已有 60 秒没有响应" in found["worker"]


def test_one_of_two_workers_may_die() -> None:
    """As long as the other does all the work."""
    dead, living = Pulse("a:1", 60.0, QUEUES), Pulse("b:1", 1.0, QUEUES)

    assert faults(parts(alive(worker=[living, dead]))) == set()


def test_a_queue_that_nobody_serves_is_named() -> None:
    """Workers live, yet some work would lie."""
    living, dead = Pulse("a:1", 1.0, frozenset({"publish"})), Pulse("b:1", 60.0, QUEUES)

    found = parts(alive(worker=[living, dead]))

    assert found["worker"] == ("没有工作进程处理队列 urgent：请启动 tongbu worker --queues urgent")


@pytest.mark.parametrize("pulses", [[], [Pulse("a:2", 30.0)]], ids=["never", "silent"])
def test_a_dead_beat_is_named(pulses: list[Pulse]) -> None:
    """Without it nothing is looked for."""
    found = parts(alive(beat=pulses))

    assert faults(found) == {"beat"}
    assert "tongbu beat" in found["beat"]


@pytest.mark.parametrize("pulses", [[], [Pulse("a:1", 30.0)]], ids=["never", "no more"])
def test_work_that_is_not_done_is_named_though_all_live(pulses: list[Pulse]) -> None:
    """A worker whose threads all hang still beats."""
    assert faults(parts(alive(tick=pulses))) == {"tick"}


def test_a_dead_broker_is_named_and_nobody_is_blamed_for_it() -> None:
    """Who cannot be heard is not said to be dead."""
    heartbeats = alive()
    heartbeats.broker = False

    found = parts(heartbeats)

    assert "没有响应" in found["broker"]
    assert found["worker"] == "要等消息队列恢复后才能知道"


def test_overdue_work_is_named() -> None:
    """Everybody lives, and yet."""
    assert parts(alive(), late=3)["overdue"].startswith("有 3 个投递")


def test_callbacks_need_only_the_database() -> None:
    """A dead worker must not cost followers their answer."""
    assert database_health(FakeStorage()) == WELL
    assert database_health(Away()) != WELL
    assert faults(parts(alive(), storage=Away())) == {"database"}
