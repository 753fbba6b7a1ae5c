"""The database, as watching what people speak of sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.ids import AlertId, CaseId
from bot.domain.topics.alert import AlertState, TopicAlert
from bot.domain.topics.brief import Brief
from bot.domain.topics.record import MediaQuestion, OpinionRecord
from bot.domain.topics.terms import Sighting
from bot.domain.topics.theme import Theme


@dataclass(frozen=True)
class TopicDay:
    """What people spoke of on a Beijing day, as it was seen last; `askers` is how many wrote within
    a day, `hour` the themes of its last two hours. `is_learning`: too little had been watched to
    call anything usual."""

    day: date
    seen_at: datetime
    askers: int
    themes: tuple[Theme, ...]
    is_learning: bool = False
    hour: tuple[Theme, ...] = ()


class Topics(Protocol):
    """Terms by hour, the days' themes, and alerts."""

    def counted_to(self) -> int:
        """The number of the last reply that was counted, 0 at first; until this unit of work ends
        nobody else gets it."""
        ...

    def count_on(self, number: int) -> None: ...

    def note(self, sightings: Sequence[Sighting]) -> None:
        """Count each asker once for a term in an hour."""
        ...

    def begun_at(self) -> datetime | None:
        """The first hour that was counted."""
        ...

    def askers(self, *, since: datetime, least: int, limit: int) -> Mapping[str, int]:
        """Terms that at least so many people have used since then; the most first."""
        ...

    def past(
        self, terms: Sequence[str], *, since: datetime
    ) -> Mapping[str, Mapping[datetime, int]]:
        """Askers of each term by hour."""
        ...

    def sightings(self, terms: Sequence[str], *, since: datetime) -> Sequence[Sighting]: ...

    def forget(self, *, sightings_before: datetime, counts_before: datetime) -> None:
        """Let go what nobody asks for any more."""
        ...

    def save_day(self, day: TopicDay) -> None: ...

    def days(self, *, limit: int) -> Sequence[TopicDay]:
        """The newest first."""
        ...

    def add_alert(self, alert: TopicAlert) -> None: ...
    def save_alert(self, alert: TopicAlert) -> None: ...

    def claim_alert(self, alert: AlertId) -> TopicAlert:
        """Nobody else gets it this way until this unit of work ends.

        Raises:
            NotFound.
        """
        ...

    def alerts(
        self, *, states: Sequence[AlertState] = (), since: datetime | None = None, limit: int = 50
    ) -> Sequence[TopicAlert]:
        """Those seen since then, the last seen first."""
        ...

    def save_record(self, record: OpinionRecord) -> None: ...
    def record(self, case: CaseId) -> OpinionRecord | None: ...

    def records(self, *, limit: int = 50) -> Sequence[OpinionRecord]:
        """The last changed first."""
        ...

    def save_media(self, question: MediaQuestion) -> None: ...

    def media(self, *, limit: int = 50) -> Sequence[MediaQuestion]:
        """Questions of the press, the newest first."""
        ...

    def save_brief(self, brief: Brief) -> None: ...

    def brief(self, monday: date) -> Brief | None:
        """The brief of the week that began then."""
        ...

    def briefs(self, *, limit: int) -> Sequence[Brief]:
        """The newest first."""
        ...
