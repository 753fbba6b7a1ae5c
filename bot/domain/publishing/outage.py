"""An outage: a time in which no tick ran, and what was due then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import OutageId

NOTE_EVERY = timedelta(seconds=5)
"""How often a tick is written down."""

SILENCE = timedelta(seconds=60)
"""A longer gap between two ticks is an outage: posts went out later than we promise."""


@dataclass(frozen=True)
class Outage:
    """From `since`, the last tick before, to `until`, the first after; then everything that was
    due is listed beside it. `settled_by` says who looked through the list."""

    id: OutageId
    since: datetime
    until: datetime
    settled_by: str | None = None
    settled_at: datetime | None = None

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return (self.until - self.since).total_seconds()


def outage_between(last: datetime | None, now: datetime) -> Outage | None:
    """The outage that lies between two ticks; None where there is none. Known by its beginning,
    so that two ticks that notice it at once mean the same."""
    if last is None or now - last <= SILENCE:
        return None
    return Outage(OutageId(f"out_{last:%Y%m%dT%H%M%S%f}"), since=last, until=now)
