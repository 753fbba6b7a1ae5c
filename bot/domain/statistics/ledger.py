"""What the office made public beside what the public asked, and what nobody cared for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

SETTLED_DAYS = 7
"""A document is given so many days to be read."""
HARDLY = 0.2
"""A document is hardly read when it has less than this share of the usual number of readers."""
FEWEST = 5
"""Of fewer documents nobody can say what is usual."""


@dataclass(frozen=True)
class LedgerLine:
    """A released document: where it is live, who read it, what was asked about it and answered.
    `readers` is None where no platform has told any figure of its posts."""

    release: str
    title: str
    document_number: str
    public_on: date | None
    live: int
    readers: int | None
    asked: int
    cases: int
    answered: int
    useful: int
    useless: int


@dataclass(frozen=True)
class ApplicationLine:
    """An application for disclosure: when it was filed, by when it is owed, what became of it."""

    case: str
    number: str
    subject: str
    department: str
    filed_at: datetime
    due_at: datetime
    answered_at: datetime | None
    state: str
    extended_days: int
    is_paused: bool

    def is_late(self, now: datetime) -> bool:
        """Whether it was answered after its term, or is owed beyond it."""
        return not self.is_paused and (self.answered_at or now) > self.due_at


def usual_readers(lines: Sequence[LedgerLine]) -> float | None:
    """The median number of readers; None where too few documents have figures."""
    known = [line.readers for line in lines if line.readers is not None]
    return median(known) if len(known) >= FEWEST else None


def low_interest(lines: Sequence[LedgerLine], today: date) -> Sequence[LedgerLine]:
    """Documents that hardly anybody read and nobody asked about or rated, the least read first.
    Those that came a few days ago, or of which nothing is known, are not among them."""
    usual = usual_readers(lines)
    if usual is None:
        return []
    ignored = [line for line in lines if _is_ignored(line, usual, today)]
    return sorted(ignored, key=lambda line: (line.readers or 0, line.release))


def _is_ignored(line: LedgerLine, usual: float, today: date) -> bool:
    has_settled = line.public_on is not None and (today - line.public_on).days >= SETTLED_DAYS
    is_unheard = not (line.asked or line.useful or line.useless)
    return has_settled and is_unheard and line.readers is not None and line.readers < HARDLY * usual
