"""What was found inside an attachment: personal data by kind and place, what is hidden in it, and
what could not be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.personal.found import PersonalKind, narrow
from bot.domain.personal.masking import find_numbers_and_doors, hide_most
from bot.domain.personal.numbers import is_certain, is_mobile

MOST_SPOTS = 12
"""Places of one kind in one part of a file that are kept by name; the others are counted."""
MOST_PARTS = 60
LOOKED_FOR = frozenset(
    {
        PersonalKind.ID_NUMBER,
        PersonalKind.BANK_CARD,
        PersonalKind.PHONE,
        PersonalKind.PLATE,
        PersonalKind.ADDRESS,
    }
)
NEVER_PUBLIC = frozenset({PersonalKind.ID_NUMBER, PersonalKind.BANK_CARD})

_MAY_HOLD = re.compile(r"\d|[一幺][三四五六七八九]")
_ELSEWHERE = "其余部分"


@dataclass(frozen=True)
class Spot:
    """A row, a page, a paragraph, and how often the kind stands there."""

    name: str
    count: int


@dataclass(frozen=True)
class PersonalData:
    """Personal data of one kind in one part of a file. `example` is the first of it, with most of
    its signs hidden. What is not `is_certain` only looks like a number of this kind."""

    kind: PersonalKind
    is_certain: bool
    part: str
    count: int
    spots: tuple[Spot, ...]
    example: str

    @property
    def is_grave(self) -> bool:
        """Whether it may not become public."""
        return self.is_certain and self.kind in NEVER_PUBLIC


@dataclass(frozen=True)
class Inspection:
    """Of one file. `hidden` and `unread` are sentences: what a reader of the file does not see
    at first, and what nobody has looked at."""

    personal: tuple[PersonalData, ...] = ()
    hidden: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def grave(self) -> tuple[PersonalData, ...]:
        """What may not become public."""
        return tuple(each for each in self.personal if each.is_grave)

    @property
    def doubtful(self) -> tuple[PersonalData, ...]:
        """What somebody must look at: it may be meant to be public."""
        return tuple(each for each in self.personal if not each.is_grave)


Inspections = Mapping[str, Inspection]
"""By the SHA-256 of the file."""


@dataclass
class _Tally:
    example: str
    count: int = 0
    spots: dict[str, int] = field(default_factory=dict)

    def add(self, spot: str) -> None:
        self.count += 1
        if spot in self.spots or len(self.spots) < MOST_SPOTS:
            self.spots[spot] = self.spots.get(spot, 0) + 1


class PersonalSearch:
    """Looks through the pieces of a file, one after the other; keeps counts, not the text."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[PersonalKind, bool, str], _Tally] = {}
        self._parts: set[str] = set()

    def look(self, part: str, spot: str, words: str) -> None:
        """Search one piece, which stands at `spot` in `part`."""
        if not _MAY_HOLD.search(words):
            return
        read = narrow(words)
        for found in find_numbers_and_doors(read):
            written = read[found.start : found.end]
            if found.kind not in LOOKED_FOR or _is_an_offices(found.kind, written):
                continue
            key = (found.kind, is_certain(found, read), self._part(part))
            if key not in self._tallies:
                self._tallies[key] = _Tally(hide_most(written))
            self._tallies[key].add(spot)

    def found(self) -> tuple[PersonalData, ...]:
        """What was found so far, the gravest first."""
        told = (
            PersonalData(kind, certain, part, tally.count, _spots(tally.spots), tally.example)
            for (kind, certain, part), tally in self._tallies.items()
        )
        return tuple(sorted(told, key=lambda each: (not each.is_grave, -each.count)))

    def _part(self, part: str) -> str:
        if len(self._parts) < MOST_PARTS:
            self._parts.add(part)
        return part if part in self._parts else _ELSEWHERE


def _is_an_offices(kind: PersonalKind, written: str) -> bool:
    return kind is PersonalKind.PHONE and not is_mobile(written)


def _spots(spots: Mapping[str, int]) -> tuple[Spot, ...]:
    return tuple(Spot(name, count) for name, count in spots.items())
