"""Searching releases: which text is compared, and the terms by which an index finds it."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.ids import ReleaseId
from bot.domain.releases.release import Release

FIELD_END = "\x1f"
"""Between the parts of a text, so that nothing is found across them: no search can hold it."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True)
class SearchHit:
    """A released document that was found; `url` is its live post on the account that asked, else
    its own address, else empty."""

    release: ReleaseId
    title: str
    document_number: str | None
    issuing_bodies: tuple[str, ...]
    url: str


def searchable(text: str) -> str:
    """`text` as it is compared: blind to spaces, width, case and invisible characters.

    Sign by sign, so that every part of a text is a part of what is compared.
    """
    return "".join(map(_compared, text))


def topic_words(topic: str) -> str:
    """The words by which documents of a topic are found, and hardly another one."""
    return f"主题分类：{topic}" if topic else ""


def text_to_search(release: Release) -> str:
    """Everything of a release that a search looks at, its title first."""
    content = release.content
    parts = [content.title, content.document_number or "", *content.issuing_bodies]
    parts += [topic_words(content.topic or ""), content.body.text]
    for interpretation in content.interpretations:
        parts += [interpretation.title, interpretation.body.text]
    return FIELD_END.join(map(searchable, parts))


def index_terms(text: str) -> frozenset[str]:
    """What a searchable text is filed under: every two signs that are neighbours, and the last of
    each part by itself, so that a single sign is found as the beginning of a term."""
    pairs = (text[at : at + 2].partition(FIELD_END)[0] for at in range(len(text)))
    return frozenset(pair for pair in pairs if pair)


def wanted_terms(needle: str) -> tuple[str, ...]:
    """The terms of every text that holds `needle` (searchable, not empty): neighbours that cover
    it, or for a single sign the beginning of one.

    Of up to two signs a text with the term holds the needle; of a longer needle it is a
    candidate that has to be compared.
    """
    last = max(len(needle) - 2, 0)
    return tuple(dict.fromkeys(needle[at : at + 2] for at in (*range(0, last, 2), last)))


@lru_cache(maxsize=1 << 15)
def _compared(sign: str) -> str:
    shown = unicodedata.normalize("NFKC", sign).casefold()
    return "".join(c for c in shown if not c.isspace() and unicodedata.category(c) not in _UNSEEN)
