"""A Receipt: the platform's ids, and three facts each with its time and its evidence."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Fact:
    """Something known to have happened: when, and how we know."""

    at: datetime
    evidence: str


@dataclass(frozen=True)
class Receipt:
    """accepted, published and seen live are three different facts."""

    ids: dict[str, str] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
    accepted: Fact | None = None
    published: Fact | None = None
    seen_live: Fact | None = None
