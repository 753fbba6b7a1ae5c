"""What is counted of a reply: its words, whether it names us, and grave words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ReplyId
from bot.domain.releases.searching import searchable
from bot.domain.replies.reply import Incoming, ReplyKind
from bot.domain.topics.growth import hour_of
from bot.domain.topics.rules import WatchRules

EVERYTHING = ""
"""Stands for any word at all: how many wrote."""
NAMES_US = "@us"
GRAVE, GRAVE_AND_NAMED = "!", "!!"
"""Before a grave word: in a reply to us, or in one that names us."""
LONGEST_READ = 1000
MOST_TERMS = 40
LONGEST_TERM = 12

_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z][a-z0-9]+")
_TITLE = re.compile(r"《([^《》]{4,80})》")

SplitWords = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Sighting:
    """Somebody used a term in an hour; `reply` is where first. `asker` is a keyed hash."""

    hour: datetime
    term: str
    asker: str
    reply: ReplyId


def asks_in_public(incoming: Incoming) -> bool:
    """Whether it was said about us rather than to us, so that it must name us to concern us."""
    return incoming.kind is ReplyKind.MENTION


def titles_in(text: str) -> Sequence[str]:
    """Titles of documents that a text names."""
    return _TITLE.findall(text[:LONGEST_READ])


def terms_of(
    incoming: Incoming, rules: WatchRules, split_words: SplitWords, *, names_document: bool
) -> frozenset[str]:
    """Everything that is counted of a reply."""
    text = searchable(incoming.text[:LONGEST_READ])
    common = {searchable(word) for word in rules.common_words}
    words = [
        word
        for word in split_words(text)
        if len(word) <= LONGEST_TERM and _WORD.fullmatch(word) and word not in common
    ]
    named = names_document or any(searchable(name) in text for name in rules.names)
    counted = {EVERYTHING, *list(dict.fromkeys(words))[:MOST_TERMS]}
    if named:
        counted.add(NAMES_US)
    if named or not asks_in_public(incoming):
        mark = GRAVE_AND_NAMED if named else GRAVE
        counted |= {mark + word for word in rules.grave_words if searchable(word) in text}
    return frozenset(counted)


def is_word(term: str) -> bool:
    """Whether a term is a word that somebody used, and no mark of ours."""
    return bool(term) and not term.startswith(("@", "!"))


def sightings_of(
    reply: ReplyId, said_at: datetime, terms: frozenset[str], asker: str
) -> list[Sighting]:
    """One for each term."""
    hour = hour_of(said_at)
    return [Sighting(hour, term, asker, reply) for term in sorted(terms)]
