"""A small office for tests: a stored release, posts and deliveries, and a scripted platform."""

from dataclasses import dataclass, field, replace

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.ids import AccountId, DeliveryId, PostId
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.journal import Outcome
from bot.ports.platform import StepResult
from bot.ports.step_log import StepLog
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.tools import PublishingTools
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.platform import ScriptedPlatform
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault

LIVE = StepResult(Outcome.DONE, {"urls": "https://a.example/1", "job_id": "publish:1"})
"""The platform has it, and tells where."""


@dataclass
class Office:
    """One release, `accounts` posts of it, one platform, one clock."""

    platform: ScriptedPlatform = field(default_factory=ScriptedPlatform)
    policy: RolloutPolicy = RolloutPolicy.AS_READY
    modes: tuple[Mode, ...] = (Mode.PUBLISH,)

    def __post_init__(self) -> None:
        self.clock = StillClock(make.NOW)
        self.storage = FakeStorage(self.clock)
        self.tools = PublishingTools(
            storage=self.storage,
            adapters={PlatformName.WECHAT: self.platform},
            vault=OpenVault(),
            jitter=lambda: 0.5,
            monotonic=lambda: self.clock.now().timestamp(),
        )
        with self.storage.begin() as uow:
            uow.sources.add(make.source())
            uow.releases.add(make.release())
            uow.posts.add_rollout(make.rollout(policy=self.policy))
            uow.commit()
        for number, mode in enumerate(self.modes, 1):
            self._open_account(number, mode)

    def _open_account(self, number: int, mode: Mode) -> None:
        account, post = AccountId(f"acc_{number}"), PostId(f"pst_{number}")
        with self.storage.begin() as uow:
            uow.accounts.add(make.account(id=account, name=f"账号{number}", mode=mode), "{}")
            uow.posts.add(make.post(id=post, account=account))
            uow.deliveries.add(
                make.delivery(id=DeliveryId(f"dlv_{number}"), post=post, account=account)
            )
            uow.commit()

    def tools_with(self, log: StepLog) -> PublishingTools:
        """The same tools, and somebody who hears of every step."""
        return replace(self.tools, log=log)

    def advance(self, number: int = 1, *, after: float = 0) -> Delivery:
        """Let `after` seconds pass, then a worker comes by."""
        self.clock.pass_seconds(after)
        advance_delivery(DeliveryId(f"dlv_{number}"), self.tools)
        return self.delivery(number)

    def delivery(self, number: int = 1) -> Delivery:
        with self.storage.begin() as uow:
            return uow.deliveries.get(DeliveryId(f"dlv_{number}"))

    def change_post(self, number: int = 1, **changes: object) -> None:
        """Change what is stored of a post."""
        with self.storage.begin() as uow:
            post = uow.posts.get(PostId(f"pst_{number}"))
            uow.posts.save(replace(post, **changes))  # type: ignore[arg-type]
            uow.commit()

    def change_delivery(self, number: int = 1, **changes: object) -> None:
        """Change what is stored of a delivery."""
        with self.storage.begin() as uow:
            delivery = uow.deliveries.get(DeliveryId(f"dlv_{number}"))
            uow.deliveries.save(replace(delivery, **changes))  # type: ignore[arg-type]
            uow.commit()
