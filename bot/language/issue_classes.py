"""What a follower wants, by phrases an office keeps in a table: a suggestion with its reasons."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.domain.releases.searching import searchable
from bot.ports.suggesting import Suggestion

LEAST_WEIGHT = 3
"""Less speaks for nothing."""
LEAST_LEAD = 1
"""How far the first class has to be ahead of the second."""

Phrases = Mapping[str, Mapping[str, int]]


def suggest_issue_class(text: str, table: Phrases | None = None) -> Suggestion | None:
    """The class whose phrases weigh most in `text`; None where none is ahead. The confidence is
    its share of all the weight."""
    read = searchable(text)
    table = table or shipped_table()
    held = {
        label: {phrase: weight for phrase, weight in phrases.items() if searchable(phrase) in read}
        for label, phrases in table.items()
    }
    weights = {label: sum(phrases.values()) for label, phrases in held.items()}
    first, second = sorted(weights, key=lambda label: -weights[label])[:2]
    if weights[first] < LEAST_WEIGHT or weights[first] - weights[second] < LEAST_LEAD:
        return None
    return Suggestion(first, weights[first] / sum(weights.values()), tuple(held[first]))


@cache
def shipped_table() -> Phrases:
    """The table that comes with Tongbu."""
    told = tomllib.loads((files("bot.language") / "issue_classes.toml").read_text("utf-8"))
    return {row["label"]: row["phrases"] for row in told["class"]}
