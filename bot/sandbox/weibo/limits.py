"""Quotas: so many calls a day for a user of an app, so many an hour for an address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.times import beijing

HOUR = 3600
DAY = 24 * HOUR
BEIJING_OFFSET = 8 * HOUR
_HUGE = 10**9


@dataclass(frozen=True)
class Profile:
    """The numbers of one set of rules."""

    user_calls: int
    user_window: int
    """Seconds: a day begins at 00:00 Beijing time, an hour on the full hour."""
    ip_calls: int
    posts: int
    comments: int
    commercial_ip_calls: int = 50_000


PROFILES = {
    "documented": Profile(100, DAY, 15_000, 30, _HUGE),
    "live-2018": Profile(150, HOUR, 1_000, 30, 60),
    "load": Profile(_HUGE, DAY, _HUGE, _HUGE, _HUGE, _HUGE),
}
"""By the name used in scenarios; ``documented`` is the present public page."""


@dataclass
class Meter:
    """Counts calls against a profile."""

    profile: Profile
    now: Callable[[], float]
    day_begins: str = "beijing"
    _begun: dict[str, float] = field(default_factory=dict)
    _counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def used(self, bucket: str, window: int) -> int:
        """Calls counted in the bucket's present window."""
        number, count = self._counts.get(bucket, (0, 0))
        return count if number == self._window_number(bucket, window) else 0

    def add(self, bucket: str, window: int) -> None:
        """Count one call."""
        used = self.used(bucket, window)
        if not used:
            self._begun[bucket] = self.now()
        self._counts[bucket] = (self._window_number(bucket, window), used + 1)

    def check(self, bucket: str, window: int, limit: int, code: int, detail: str = "") -> None:
        """Refusal with ``code`` when the bucket is full."""
        if self.used(bucket, window) >= limit:
            raise Refusal(code, detail)

    def seconds_to_reset(self, window: int) -> int:
        """Whole seconds until the present window ends."""
        return window - int(self.now() + self._offset) % window

    @property
    def _offset(self) -> int:
        return 0 if self.day_begins == "utc" else BEIJING_OFFSET

    def _window_number(self, bucket: str, window: int) -> int:
        """A rolling window is numbered by the second in which its first call came."""
        if self.day_begins != "rolling" or window != DAY:
            return int(self.now() + self._offset) // window
        begun = self._begun.get(bucket, self.now())
        return int(begun if self.now() < begun + window else self.now())


@dataclass(frozen=True)
class Buckets:
    """Where one call is counted."""

    user: str
    ip: str
    commercial: str
    """Commercial calls of an address have a limit of their own."""
    posts: str
    comments: str


def buckets(app_key: str, uid: int, ip: str) -> Buckets:
    """The buckets of a user of an app at an address."""
    who = f"{app_key}/{uid}"
    return Buckets(
        f"user {who}", f"ip {ip}", f"commercial ip {ip}", f"posts {who}", f"comments {who}"
    )


def rate_limit_status(meter: Meter, at: Buckets) -> dict[str, Any]:
    """The body of ``account/rate_limit_status``."""
    profile = meter.profile
    reset = meter.seconds_to_reset(profile.user_window)
    return {
        "api_rate_limits": [
            _one_api("/statuses/update", profile.posts, meter.used(at.posts, HOUR)),
            _one_api("/comments/create", profile.comments, meter.used(at.comments, HOUR)),
        ],
        "ip_limit": profile.ip_calls,
        "limit_time_unit": "DAYS" if profile.user_window == DAY else "HOURS",
        "remaining_ip_hits": profile.ip_calls - meter.used(at.ip, HOUR),
        "remaining_user_hits": profile.user_calls - meter.used(at.user, profile.user_window),
        "reset_time": f"{beijing(meter.now() + reset):%Y-%m-%d %H:%M:%S}",
        "reset_time_in_seconds": reset,
        "user_limit": profile.user_calls,
    }


def _one_api(api: str, limit: int, used: int) -> dict[str, Any]:
    return {"api": api, "limit": limit, "limit_time_unit": "HOURS", "remaining_hits": limit - used}
