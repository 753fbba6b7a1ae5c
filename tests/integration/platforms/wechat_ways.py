"""One delivery on its way through our use cases, the platform's time and ours in step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.ids import DeliveryId
from bot.domain.posts.draft import Draft
from bot.domain.publishing.delivery import Delivery
from bot.domain.replies.reply import Incoming
from bot.platforms.wechat.callback import WechatCallback
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.apply_job_events import apply_job_events
from bot.usecases.publishing.tools import PublishingTools
from tests import factories
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault
from tests.integration.platforms.wechat_stage import (
    NAME,
    SECRETS,
    Stage,
    Walk,
    listening,
    wait_for,
)

ONE = DeliveryId("dlv_1")
QUICK = {"poll_seconds": "1", "look_seconds": "0 1 5", "settling_seconds": "1"}


@dataclass
class Way:
    """One delivery, our use cases, and what the callback has heard."""

    stage: Stage
    walk: Walk
    storage: FakeStorage
    tools: PublishingTools
    heard: list[Incoming] = field(default_factory=list)
    stored: int = 0

    def go(self, times: int = 12, *, seconds: float = 70) -> Delivery:
        """Work on the delivery and let time pass, again and again."""
        for _ in range(times):
            advance_delivery(ONE, self.tools)
            self.rest(seconds)
        return self.delivery

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        self.stage.pass_time(seconds)

    @contextmanager
    def listening(self, *, at_once: bool = False) -> Iterator[None]:
        """The account's callback is reached while the block lasts; `at_once`: what it hears is
        applied before the platform has its answer."""
        door = WechatCallback(self.walk.access, self.stage.clock)
        keys = {"token": SECRETS["token"], "aes_key": SECRETS["aes_key"]}
        self.heard = _AppliedAtOnce(self) if at_once else []
        with listening(door, self.heard) as address:
            changes = {**keys, "callback_url": address}
            self.stage.wechat.act("change_account", account=NAME, changes=changes)
            yield

    def hear(self, jobs: int = 1) -> None:
        """Wait for reports of so many jobs, store what was heard, and apply it."""
        wait_for(lambda: sum(one.job is not None for one in self.heard) >= jobs)
        new = self.heard[self.stored :]
        with self.storage.begin() as uow:
            at = uow.now()
            uow.replies.store(
                [
                    factories.reply(id=f"rpy_{n}", incoming=one, received_at=at)
                    for n, one in enumerate(new, self.stored)
                ]
            )
            uow.commit()
        self.stored += len(new)
        apply_job_events(self.tools)

    @property
    def delivery(self) -> Delivery:
        with self.storage.begin() as uow:
            return uow.deliveries.get(ONE)

    @property
    def draft_id(self) -> str:
        return self.delivery.journal.evidence["draft_media_id"]


class _AppliedAtOnce(list[Incoming]):
    def __init__(self, way: Way) -> None:
        super().__init__()
        self._way = way

    def append(self, incoming: Incoming) -> None:
        super().append(incoming)
        self._way.hear(jobs=0)


def on_its_way(stage: Stage, mode: Mode, *, due_in_seconds: float = 0, **options: str) -> Way:
    """An approved post whose time has come, or comes soon, on an account of this mode."""
    stage.leave_the_first_hours()
    storage = FakeStorage(stage.clock)
    walk = stage.walk(mode, **(QUICK | options))
    now, approved = stage.clock.now(), walk.content.hash
    due = now + timedelta(seconds=due_in_seconds)
    with storage.begin() as uow:
        uow.sources.add(factories.source())
        uow.releases.add(factories.release())
        uow.posts.add_rollout(factories.rollout())
        uow.accounts.add(walk.access.account, OpenVault().seal(SECRETS))
        draft = Draft(walk.content)
        uow.posts.add(factories.post(draft=draft, approved_hash=approved, due_at=due))
        uow.deliveries.add(factories.delivery(content_hash=approved, due_at=due, next_at=now))
        uow.commit()
    adapters = {PlatformName.WECHAT: stage.adapter}
    return Way(stage, walk, storage, PublishingTools(storage, adapters, OpenVault(), lambda: 0.5))
