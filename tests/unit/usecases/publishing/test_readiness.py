"""Readiness names the part that is not well."""

from bot.ports.heartbeats import BEAT, WORKER
from bot.ports.overview import Overview
from bot.ports.storage import StorageUnavailable, UnitOfWork
from bot.usecases.publishing.readiness import WELL, database_health, readiness
from tests.fakes.storage import FakeStorage


class Pulse:
    """Keeps the promises of `ports.heartbeats.Heartbeats`."""

    def __init__(self, **ages: float) -> None:
        self._ages = {WORKER: 1.0, BEAT: 1.0} | ages
        self.broker = True

    def beat(self, role: str) -> None:
        self._ages[role] = 0.0

    def age_seconds(self, role: str) -> float | None:
        age = self._ages[role]
        return None if age < 0 else age

    def broker_answers(self) -> bool:
        return self.broker


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


def parts(pulse: Pulse, late: int = 0, storage: FakeStorage | None = None) -> dict[str, str]:
    overview = Late(late)  # type: ignore[abstract]
    store = storage or FakeStorage()
    return dict(readiness(storage=store, overview=overview, heartbeats=pulse))


def test_a_house_that_works_is_well_in_every_part() -> None:
    """Five parts, each asked."""
    assert parts(Pulse()) == dict.fromkeys(
        ("database", "broker", "worker", "beat", "overdue"), WELL
    )


def test_a_silent_worker_is_named() -> None:
    """Not “ok” while the worker is dead; beat is not blamed."""
    found = parts(Pulse(worker=60.0))

    assert found["worker"] == "the worker has been silent for 60 s"
    assert found["beat"] == WELL


def test_a_beat_that_never_lived_is_named() -> None:
    """No sign of life at all."""
    assert "beat" in parts(Pulse(beat=-1.0))["beat"]
    assert parts(Pulse(beat=-1.0))["beat"] != WELL


def test_a_dead_broker_and_overdue_work_are_named() -> None:
    """Each by its own sentence."""
    pulse = Pulse()
    pulse.broker = False

    found = parts(pulse, late=3)

    assert found["broker"] != WELL
    assert found["overdue"].startswith("3 deliveries")


def test_callbacks_need_only_the_database() -> None:
    """A dead worker must not cost followers their answer."""
    assert database_health(FakeStorage()) == WELL
    assert database_health(Away()) != WELL
    assert parts(Pulse(), storage=Away())["database"] != WELL
