"""The database, as the list of what people ask for in vain sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import DemandId, ReplyId
from bot.domain.questions.demand import Demand, DemandKind, DemandState


@dataclass(frozen=True)
class Asking:
    """Who asks for it: each sender of an account once; and when, and a few of their replies."""

    askers: int
    first_asked_at: datetime | None
    last_asked_at: datetime | None
    samples: tuple[ReplyId, ...] = ()


class Demands(Protocol):
    """Demands, and searches that found nothing."""

    def add(self, demand: Demand) -> None:
        """Store a new one.

        Raises:
            Conflict: its subject is demanded already.
        """
        ...

    def save(self, demand: Demand) -> None: ...

    def claim(self, demand: DemandId) -> Demand:
        """The demand; until this unit of work ends nobody else gets it this way."""
        ...

    def of_subject(self, kind: DemandKind, subject: str) -> Demand | None: ...

    def all(self, *, states: Sequence[DemandState] = (), limit: int = 100) -> Sequence[Demand]:
        """Those in one of `states` (empty: all), the newest first."""
        ...

    def note_miss(self, words: str, reply: ReplyId) -> None:
        """The reply searched for these words, and nothing was there; noted once."""
        ...

    def asking(self, kind: DemandKind, subject: str) -> Asking:
        """Who asks for it now; who was taken out of a group, or erased, does not count."""
        ...
