"""Rows of the inbox as they are shown: those of a page that say nothing stand in one fold."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.replies.handling import Became
from bot.language.noise import is_noise
from bot.ports.overview import ReplyRow

FEWEST = 2
"""A single row takes no more room than a fold."""
MOST_SAMPLES = 6
_MAY_SAY_NOTHING = frozenset({Became.WAITS, Became.SET_ASIDE, Became.ANSWERED_BY_STAFF})


@dataclass(frozen=True)
class Stretch:
    """Rows that stand together; in a fold all of them are within."""

    rows: Sequence[ReplyRow]
    is_fold: bool = False

    @property
    def samples(self) -> str:
        """What they say, each once, the first few."""
        said = list(dict.fromkeys(" ".join(row.text.split()) for row in self.rows))
        return " · ".join(said[:MOST_SAMPLES]) + (" …" if len(said) > MOST_SAMPLES else "")

    @property
    def waiting(self) -> Sequence[str]:
        """Ids of those that nobody has dealt with."""
        return [row.id for row in self.rows if row.waits]

    @property
    def aside(self) -> Sequence[str]:
        """Ids of those that need no answer."""
        return [row.id for row in self.rows if row.needs_none]


def stretches(rows: Sequence[ReplyRow], *, grave: Sequence[str]) -> Sequence[Stretch]:
    """The rows in their order, and behind them, folded, those that say nothing where these are two
    or more; never events, what a rule answered, or what was taken up."""
    nothing = [row for row in rows if _says_nothing(row, grave)]
    if len(nothing) < FEWEST:
        return [Stretch(rows)]
    others = [row for row in rows if row not in nothing]
    return [Stretch(others), Stretch(nothing, is_fold=True)]


def _says_nothing(row: ReplyRow, grave: Sequence[str]) -> bool:
    return row.became in _MAY_SAY_NOTHING and not row.erased and is_noise(row.text, grave=grave)
