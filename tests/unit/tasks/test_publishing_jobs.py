"""The jobs: each delivery of a chunk is advanced alone."""

import pytest

from bot.domain.ids import AccountId, DeliveryId
from bot.ports.heartbeats import TICK
from tasks import app, publishing
from tasks.base import TongbuTask, house
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.heartbeats import FakeHeartbeats
from tests.fakes.storage import FakeStorage


class BrokenHouse:
    """A house in which every publishing job fails."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def publishing(self) -> None:
        self.asked += 1
        raise RuntimeError("a bug")


def test_a_failing_delivery_does_not_stop_its_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk is a list of hints: a bug in one is logged, the others are tried."""
    broken = BrokenHouse()
    monkeypatch.setattr(publishing, house.__name__, lambda: broken)
    ids = [DeliveryId("dlv_1"), DeliveryId("dlv_2"), DeliveryId("dlv_3")]

    publishing.advance_deliveries(AccountId("acc_1"), ids)

    assert broken.asked == 3


class DueHouse(BrokenHouse):
    """One delivery is due, and the platforms' reports cannot be applied."""

    def __init__(self) -> None:
        super().__init__()
        self.heartbeats = FakeHeartbeats()
        self.storage, self.doorbell = FakeStorage(StillClock(make.NOW)), RecordingDoorbell()
        with self.storage.begin() as uow:
            uow.deliveries.add(make.delivery())
            uow.commit()


def test_a_report_that_cannot_be_applied_keeps_no_post_from_going_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ticks come five times a second; each rings for what is due, whatever fails after that."""
    due = DueHouse()
    monkeypatch.setattr(publishing, house.__name__, lambda: due)

    with pytest.raises(RuntimeError, match="a bug"):
        publishing.tick()

    assert due.doorbell.deliveries == [(AccountId("acc_1"), [DeliveryId("dlv_1")])]
    assert due.heartbeats.pulses(TICK)


def test_a_tick_does_not_wait_for_the_reports_that_another_one_applies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else one slow report after the other would take every thread of the pool."""
    due = DueHouse()
    monkeypatch.setattr(publishing, house.__name__, lambda: due)

    with publishing.reports_are_applied():
        publishing.tick()

    assert due.doorbell.deliveries == [(AccountId("acc_1"), [DeliveryId("dlv_1")])]
    assert due.asked == 0


def test_every_job_is_of_the_base_that_logs_failures() -> None:
    """A job that fails says so with its ids."""
    app.loader.import_default_modules()
    own = [task for name, task in app.tasks.items() if not name.startswith("celery.")]

    assert all(isinstance(task, TongbuTask) for task in own)
