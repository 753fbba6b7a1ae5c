"""Read model of the calendar: which posts are planned in a span of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class CalendarRow:
    """A post at its planned time. `embargo` is its release's, told only while nothing is out."""

    id: str
    account_id: str
    account_name: str
    platform: str
    title: str
    release_title: str
    state: str
    delivery_state: str | None
    due_at: datetime
    accepted_at: datetime | None
    embargo: datetime | None = None
    emergency: bool = False


class CalendarOverview(Protocol):
    """The query behind the calendar, in a read transaction of its own."""

    def calendar(
        self, *, since: datetime, until: datetime, account: str = "", limit: int = 1000
    ) -> Sequence[CalendarRow]:
        """Posts due from `since` to before `until`, the first due first, cancelled ones left
        out; with the due time of the present revision's delivery, or the planned one before
        there is a delivery. At most `limit`."""
        ...
