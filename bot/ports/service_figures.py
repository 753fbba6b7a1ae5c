"""What the public figures of service are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.cases.service import Owed


@dataclass(frozen=True)
class ServiceRecord:
    """Everything since some moment: cases whose term has ended (none that was merged, withdrawn
    or stands still), when cases were reopened, and votes with their stars;
    votes on released documents, useful or not."""

    owed: Sequence[Owed]
    reopened: Sequence[datetime]
    stars: Sequence[tuple[datetime, int]]
    release_votes: Sequence[tuple[datetime, bool]] = ()


class ServiceFigures(Protocol):
    """One read transaction. Safe to share between threads."""

    def service(self, *, since: datetime) -> ServiceRecord:
        """What happened since then, up to now.

        Raises:
            StorageUnavailable: the database is away.
        """
        ...
