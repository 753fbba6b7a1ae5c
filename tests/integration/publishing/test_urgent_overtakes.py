"""An emergency overtakes five hundred due ordinary posts, whatever the workers are busy with."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.ids import DeliveryId, PostId
from bot.domain.permissions import Actor
from bot.domain.posts.post import PostState
from bot.ports.platform import StepOrder, StepResult
from bot.storage.database import Database
from bot.system import SortableIds
from bot.usecases.posts.schedule_post import schedule_post
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.advance_urgent import advance_urgent
from bot.usecases.publishing.ring_due import ring_due
from bot.usecases.publishing.tools import PublishingTools
from bot.vault.secrets import FernetVault
from tasks.urgent import UrgentLane
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.platform import ACCEPT, DONE, ScriptedPlatform
from tests.fakes.vault import OpenVault

ORDINARY = 500
OPERATOR = Actor("cli:test", is_operator=True)


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Database]:
    """Five hundred posts of one account, due for ten minutes; an approved one beside them."""
    database = Database(
        sqlite_url, audit_key=b"k", vault=FernetVault("k" * 32), clock=StillClock(make.NOW)
    )
    with database.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release())
        uow.accounts.add(make.account(options={"quota_freepublish_submit": "1000"}), "{}")
        uow.posts.add_rollout(make.rollout())
        for number in range(ORDINARY):
            due = make.NOW - timedelta(minutes=10)
            post = make.post(id=PostId(f"pst_{number:03}"), due_at=due)
            uow.posts.add(post)
            uow.deliveries.add(
                make.delivery(
                    id=DeliveryId(f"dlv_{number:03}"), post=post.id, due_at=due, next_at=due
                )
            )
        uow.posts.add(make.post(id=PostId("pst_warning"), state=PostState.APPROVED, due_at=None))
        uow.commit()
    yield database
    database.dispose()


class Slow:
    """A platform whose ordinary posts hang until the test lets them go."""

    def __init__(self) -> None:
        self.platform = ScriptedPlatform(ACCEPT)
        self.accepted: list[str] = []
        self.entered, self.go = threading.Event(), threading.Event()
        self.platform.script("accept", self._accept)

    def _accept(self, order: StepOrder) -> StepResult:
        if order.delivery_id.startswith("dlv_") and order.delivery_id[4:].isdigit():
            self.entered.set()
            assert self.go.wait(20)
        self.accepted.append(order.delivery_id)
        return DONE


def test_it_is_rung_for_before_all_that_waited_longer(storage: Database) -> None:
    """One tick: the first ring is the emergency's, and the account's share does not count it."""
    bell = RecordingDoorbell()
    ring_due(storage=storage, doorbell=bell)
    warned = schedule_post(
        PostId("pst_warning"),
        at=make.NOW,
        actor=OPERATOR,
        storage=storage,
        ids=SortableIds(),
        emergency=True,
    )

    ring_due(storage=storage, doorbell=bell)

    with storage.begin() as uow:
        (urgent,) = uow.deliveries.of_post(warned.id)
    assert sum(len(ids) for _, ids in bell.deliveries[:-1]) == 80
    assert bell.deliveries[-1][1] == [urgent.id]


def test_it_is_out_while_every_other_thread_hangs(storage: Database) -> None:
    """The pool is full of ordinary posts; the lane has threads of its own."""
    slow = Slow()
    adapters = {PlatformName.WECHAT: slow.platform}
    tools = PublishingTools(storage, adapters, OpenVault(), jitter=lambda: 0.5)
    worker = threading.Thread(target=advance_delivery, args=(DeliveryId("dlv_000"), tools))
    worker.start()
    assert slow.entered.wait(10)
    schedule_post(
        PostId("pst_warning"),
        at=make.NOW,
        actor=OPERATOR,
        storage=storage,
        ids=SortableIds(),
        emergency=True,
    )
    out = threading.Event()

    def work() -> None:
        if advance_urgent(tools, storage.overview()) == 0 and slow.accepted:
            out.set()

    lane = UrgentLane(work)
    lane.start()
    went_out = out.wait(15)
    slow.go.set()
    lane.stop()
    worker.join()

    assert went_out
    assert not slow.accepted[0][4:].isdigit()
    assert slow.accepted[1:] == ["dlv_000"]
