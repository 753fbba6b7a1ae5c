"""What followers said: whether each word we acknowledged is in the database, once."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.city import AES_KEY, TOKEN, City
from tests.chaos.crowd import Address, Plan
from tests.chaos.databases import Site
from tests.chaos.household import Household, Part, tethered

STORED = "SELECT text FROM replies WHERE channel = 'wechat_message'"


@dataclass(frozen=True)
class Said:
    """The ledger of a crowd: all words, and those that were acknowledged."""

    words: tuple[str, ...]
    acknowledged: frozenset[str]

    def __add__(self, other: "Said") -> "Said":
        return Said(self.words + other.words, self.acknowledged | other.acknowledged)


NOTHING = Said((), frozenset())


def addresses_of(city: City) -> tuple[Address, ...]:
    """The doors of all accounts of a city to which followers can write."""
    return tuple(
        Address(f"/callbacks/wechat/{holder.id}", f"wx{holder.number:016d}", TOKEN, AES_KEY)
        for holder in (*city.publishing, *city.pushing)
    )


class Followers:
    """A crowd in a process of its own, of which nobody is harmed."""

    def __init__(self, household: Household, name: str) -> None:
        self._household, self._name = household, name
        self._ledger = household.folder / f"{name}.ledger"

    def write(self, plan: Plan) -> None:
        """Begin."""
        path = self._household.folder / f"{self._name}.plan"
        plan.save(path)
        argv = [sys.executable, "-m", "tests.chaos.crowd", str(path), str(self._ledger)]
        part = Part(self._name, tethered(*argv))
        self._household.add(part)
        part.is_wanted = False

    @property
    def have_finished(self) -> bool:
        """Whether nobody writes any more."""
        return not self._household.parts[self._name].is_alive

    def said(self) -> Said:
        """What was said in all, once they have finished.

        Raises:
            RuntimeError: they did not come to an end by themselves.
        """
        process = self._household.parts[self._name].process
        if process is None or process.returncode != 0:
            raise RuntimeError(self._household.last_words(self._name))
        return read_ledger(self._ledger)


def read_ledger(path: Path) -> Said:
    """A ledger as `crowd` writes it."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Said(
        tuple(words for words, _ in lines),
        frozenset(words for words, is_acknowledged in lines if is_acknowledged),
    )


def wrongs_of_words(said: Said, site: Site) -> Iterator[str]:
    """What was acknowledged is stored; nothing is stored twice, and nothing that nobody said."""
    stored = Counter(text for (text,) in site.ask(STORED))
    lost = said.acknowledged - stored.keys()
    doubled = [text for text, times in stored.items() if times > 1]
    unheard = stored.keys() - set(said.words)
    yield from _told(lost, "was acknowledged, and is lost")
    yield from _told(doubled, "is stored more than once")
    yield from _told(unheard, "is stored, and nobody said it")


def _told(words: Sequence[str] | set[str], what: str) -> Iterator[str]:
    """The first few of them, and how many there are."""
    for one in sorted(words)[:3]:
        yield f"“{one}” {what}; {len(words)} in all"
