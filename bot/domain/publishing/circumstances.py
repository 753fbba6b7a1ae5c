"""What one step of a delivery is decided upon: read together, so that it belongs together."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.accounts.account import Account
from bot.domain.accounts.breaker import Breaker
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.posts.post import Post
from bot.domain.posts.rollout import Rollout
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.quiet import QuietPeriod
from bot.domain.publishing.restoration import Restoration
from bot.domain.releases.release import Release


@dataclass(frozen=True)
class Circumstances:
    """A delivery and everything around it, at one moment in one transaction.

    `release` is its newest version, `sealed_secrets` are the account's, `now` is the database's
    clock when it was read. `quiet_periods` are those of the account that end after the due time.
    """

    delivery: Delivery
    post: Post
    rollout: Rollout
    release: Release
    account: Account
    everything_stopped: bool
    now: datetime
    trouble: AccountTrouble | None = None
    restoration: Restoration | None = None
    breaker: Breaker | None = None
    quiet_periods: tuple[QuietPeriod, ...] = ()
    sealed_secrets: str = field(default="", repr=False)
