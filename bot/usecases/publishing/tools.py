"""What the publishing use cases need from the world, handed over as one value."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.errors import InvalidInput, Problem
from bot.domain.posts.rollout import Rollout, RolloutPolicy
from bot.domain.publishing.route import Route
from bot.ports.aftercare import Aftercare
from bot.ports.newsstand import Newsstand
from bot.ports.platform import PlatformAdapter
from bot.ports.step_log import Silence, StepLog
from bot.ports.storage import Storage, UnitOfWork
from bot.ports.vault import Vault


@dataclass(frozen=True)
class PublishingTools:
    """`jitter` gives numbers in 0..1 that spread retries; `monotonic` measures how long a call
    took, in seconds; `log` hears of every step."""

    storage: Storage
    adapters: Mapping[PlatformName, PlatformAdapter]
    vault: Vault
    jitter: Callable[[], float]
    monotonic: Callable[[], float] = time.monotonic
    log: StepLog = field(default_factory=Silence)

    def adapter(self, account: Account) -> PlatformAdapter:
        """The adapter of the account's platform."""
        return self.adapters[account.platform]

    def route(self, account: Account, rollout: Rollout) -> Route:
        """The steps of a delivery on this account, in this rollout."""
        together = rollout.policy is RolloutPolicy.ALL_OR_NOTHING
        return self.adapter(account).route(account).taken(together=together)

    def access(self, uow: UnitOfWork, account: Account) -> AccountAccess:
        """The account with its secrets, for one platform call."""
        return self.opened(account, uow.accounts.sealed_secrets(account.id))

    def opened(self, account: Account, sealed_secrets: str) -> AccountAccess:
        """The account with its secrets, where they were read together with it."""
        return AccountAccess(account, self.vault.open(sealed_secrets))


@dataclass(frozen=True)
class AftercareTools:
    """Publishing, and what platforms offer beside it."""

    publishing: PublishingTools
    platforms: Mapping[PlatformName, Aftercare]

    def of(self, account: Account) -> Aftercare:
        """What the account's platform offers.

        Raises:
            InvalidInput: it offers nothing of the kind.
        """
        if account.platform not in self.platforms:
            words = f"账号“{account.name}”所在的平台不支持这项操作，请到平台后台处理"
            raise InvalidInput([Problem("account", words)])
        return self.platforms[account.platform]


@dataclass(frozen=True)
class DoubtTools:
    """Publishing, and what accounts show their readers now."""

    publishing: PublishingTools
    newsstands: Mapping[PlatformName, Newsstand]
