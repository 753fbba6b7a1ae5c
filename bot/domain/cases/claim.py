"""A soft claim: somebody is writing an answer, so that two do not write two."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import CaseId

CLAIM_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Claim:
    """Who is writing, last heard of at a time. It warns others and stops nobody."""

    case: CaseId
    by: str
    at: datetime

    def warns(self, somebody: str, now: datetime) -> bool:
        """Whether `somebody` should know that another is writing."""
        return self.by != somebody and now < self.at + CLAIM_LASTS
