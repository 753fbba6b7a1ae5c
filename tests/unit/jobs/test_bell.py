"""The doorbell: ids only, on the task's own queue; a dead broker costs nothing."""

from typing import Any

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from bot.domain.ids import AccountId, DeliveryId, PostId, RecallId, ReleaseId, SourceId
from bot.jobs.bell import CeleryDoorbell, broker_url
from bot.jobs.names import QUEUE_OF, Task


class Producer(Celery):  # type: ignore[misc]
    """Remembers what would have been sent."""

    def __init__(self) -> None:
        super().__init__("test", set_as_current=False)
        self.sent: list[tuple[str, Any, str]] = []
        self.is_dead = False

    def send_task(self, name: str, args: Any = None, queue: str = "", **_: Any) -> None:
        if self.is_dead:
            raise OperationalError("nobody there")
        self.sent.append((name, args, queue))


def ring_all(bell: CeleryDoorbell) -> None:
    bell.deliveries_are_due(AccountId("acc_1"), [DeliveryId("dlv_1"), DeliveryId("dlv_2")])
    bell.release_is_approved(ReleaseId("rel_1"))
    bell.account_may_have_replies(AccountId("acc_1"))
    bell.account_may_have_figures(AccountId("acc_1"))
    bell.post_is_recalled(RecallId("rec_1"), PostId("pst_1"))
    bell.source_may_have_news(SourceId("site"))


def test_each_ring_names_its_task_its_queue_and_ids_only() -> None:
    """What is rung for is what a task takes."""
    producer = Producer()

    ring_all(CeleryDoorbell(producer))

    assert producer.sent == [
        (Task.ADVANCE.value, ["acc_1", ["dlv_1", "dlv_2"]], QUEUE_OF[Task.ADVANCE].value),
        (Task.PLAN.value, ["rel_1"], QUEUE_OF[Task.PLAN].value),
        (Task.COLLECT.value, ["acc_1"], QUEUE_OF[Task.COLLECT].value),
        (Task.READ_STATISTICS.value, ["acc_1"], QUEUE_OF[Task.READ_STATISTICS].value),
        (Task.TAKE_DOWN.value, ["rec_1", "pst_1"], QUEUE_OF[Task.TAKE_DOWN].value),
        (Task.READ_SOURCE.value, ["site"], QUEUE_OF[Task.READ_SOURCE].value),
    ]


def test_a_dead_broker_is_no_error() -> None:
    """The rows are there; the next tick finds them."""
    producer = Producer()
    producer.is_dead = True

    ring_all(CeleryDoorbell(producer))

    assert producer.sent == []


@pytest.mark.parametrize(
    ("ours", "celerys"),
    [
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock"),
        ("redis://redis.example:6379/0", "redis://redis.example:6379/0"),
    ],
)
def test_the_brokers_address_is_spelt_as_celery_wants_it(ours: str, celerys: str) -> None:
    """Only unix sockets are spelt differently."""
    assert broker_url(ours) == celerys
