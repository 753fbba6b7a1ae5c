"""静默期: a time in which nothing but emergencies goes out, such as days of national mourning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AccountId, QuietPeriodId

QUIET_WORDS = "静默期"
"""How the reason of every post begins that a quiet period keeps or kept."""


class AtEnd(StrEnum):
    """What happens to the posts a quiet period kept: `hold` lets a person decide about each,
    `publish` brings them out when it ends."""

    HOLD = "hold"
    PUBLISH = "publish"


@dataclass(frozen=True)
class QuietPeriod:
    """From `since` to before `until` (UTC) ordinary posts of `account`, or of every account where
    it is None, are kept. Ending it early moves `until`."""

    id: QuietPeriodId
    account: AccountId | None
    reason: str
    since: datetime
    until: datetime
    declared_by: str
    declared_at: datetime
    at_end: AtEnd = AtEnd.HOLD
    ended_by: str | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether `moment` lies inside."""
        return self.since <= moment < self.until

    def concerns(self, account: AccountId) -> bool:
        """Whether it is about this account."""
        return self.account is None or self.account == account


def kept_until(periods: Iterable[QuietPeriod], now: datetime) -> QuietPeriod | None:
    """Of the periods that cover `now` the one that ends last; None when nothing is quiet."""
    return max((p for p in periods if p.covers(now)), key=lambda p: p.until, default=None)


def last_ended(
    periods: Iterable[QuietPeriod], *, due_at: datetime, now: datetime
) -> QuietPeriod | None:
    """Of the periods that kept something due at `due_at` and are over, the one that ended last."""
    over = (p for p in periods if due_at < p.until <= now)
    return max(over, key=lambda p: p.until, default=None)
