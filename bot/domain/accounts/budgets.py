"""Budgets: how many calls an account may spend a day, and what is kept back for publishing."""

import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
AT_ONCE = 0.2
"""The share of a day's polls that may be used at any time; the rest grows evenly over the day."""
COMMERCIAL_BUCKET = "weibo_commercial_day"
"""Calls under Weibo's commercial contract are counted apart from an ordinary app's."""
_DAY = timedelta(days=1)


class Purpose(StrEnum):
    """What a call is spent on, where every call counts."""

    PUBLISHING = "publishing"
    VERIFYING = "verifying"
    AUTHORISING = "authorising"
    ANSWERING = "answering"
    CHECKING = "checking"
    PROBING = "probing"
    READING = "reading"
    SWEEPING = "sweeping"
    COUNTING = "counting"

    @property
    def may_use_reserve(self) -> bool:
        """Whether the calls kept back for publishing are for this too."""
        return self in {Purpose.PUBLISHING, Purpose.VERIFYING, Purpose.AUTHORISING}


@dataclass(frozen=True)
class Budget:
    """A daily allowance; `reserve` calls are kept for publishing and verification."""

    bucket: str
    daily_limit: int
    reserve: int = 0

    def limit_for(self, *, publishing: bool) -> int:
        """How many calls of the day this purpose may use up to."""
        return self.daily_limit if publishing else max(0, self.daily_limit - self.reserve)

    def lost_by(self, restored_at: datetime, now: datetime) -> int:
        """How many calls of today count as spent at least, where the ledger comes from a backup
        restored at that moment: what polls may have used of their day by then."""
        if budget_day(restored_at) != budget_day(now):
            return 0
        return _polls_by(restored_at, self.limit_for(publishing=False))

    def paced(self, now: datetime) -> "Budget":
        """What polls may have used of it by `now`, so that a busy morning leaves some for the
        evening; publishing is not slowed."""
        polls = self.limit_for(publishing=False)
        return replace(self, reserve=self.daily_limit - _polls_by(now, polls))

    def next_poll(self, now: datetime) -> datetime:
        """When polls that have used up everything by `now` may go on."""
        polls = self.limit_for(publishing=False)
        one_more = _polls_by(now, polls) + 1
        midnight = next_budget_day(now)
        if one_more > polls:
            return midnight
        share = (one_more / polls - AT_ONCE) / (1 - AT_ONCE)
        return min(midnight, midnight - _DAY * (1 - share) + timedelta(seconds=1))


def _polls_by(now: datetime, polls: int) -> int:
    elapsed = 1 - (next_budget_day(now) - now) / _DAY
    return math.floor(polls * (AT_ONCE + (1 - AT_ONCE) * elapsed))


def budget_day(now: datetime) -> date:
    """The platform day `now` (UTC) belongs to: quotas reset at 00:00 Beijing."""
    return now.astimezone(BEIJING).date()


def next_budget_day(now: datetime) -> datetime:
    """When the next platform day begins, in UTC."""
    local = now.astimezone(BEIJING)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return midnight.astimezone(UTC)
