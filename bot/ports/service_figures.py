"""What the public figures of service are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.cases.service import Owed
from bot.domain.statistics.openness import PublicDocument


@dataclass(frozen=True)
class ServiceRecord:
    """Everything since some moment: cases whose term has ended (none that was merged, withdrawn
    or stands still), when cases were reopened, and votes with their stars;
    votes on released documents, useful or not."""

    owed: Sequence[Owed]
    reopened: Sequence[datetime]
    stars: Sequence[tuple[datetime, int]]
    release_votes: Sequence[tuple[datetime, bool]] = ()


@dataclass(frozen=True)
class OpennessRecord:
    """Documents that became public since some day, and the days on which a version that says what
    it corrects was released."""

    documents: Sequence[PublicDocument]
    corrected_on: Sequence[date]


class ServiceFigures(Protocol):
    """Each call is one read transaction. Safe to share between threads."""

    def openness(self, *, since: date) -> OpennessRecord:
        """What became public since then.

        Raises:
            StorageUnavailable: the database is away.
        """
        ...

    def service(self, *, since: datetime) -> ServiceRecord:
        """What happened since then, up to now.

        Raises:
            StorageUnavailable: the database is away.
        """
        ...
