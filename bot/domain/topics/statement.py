"""A prepared statement: passages of released documents that speak of a theme, word for word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.releases.searching import searchable

MOST_PASSAGES, MOST_OF_A_DOCUMENT = 4, 2
SHORTEST, LONGEST = 8, 200
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
HEADING = "（草稿：以下引文逐字摘自已公开的文件。核对、补充并经审核后由人发布，系统不会自动发出。）"


@dataclass(frozen=True)
class PublicText:
    """What a released document says, and how it is cited."""

    title: str
    document_number: str
    url: str
    text: str


@dataclass(frozen=True)
class Passage:
    """One sentence of a document."""

    document: PublicText
    words: str
    shared: int


def passages_on(terms: Sequence[str], documents: Iterable[PublicText]) -> Sequence[Passage]:
    """The sentences that hold most of the terms, two of a document at most; each is part of its
    document word for word."""
    found: list[Passage] = []
    for document in documents:
        own = [
            Passage(document, sentence, shared)
            for sentence in (one.strip() for one in _SENTENCE.findall(document.text))
            if SHORTEST <= len(sentence) <= LONGEST
            and (shared := sum(searchable(term) in searchable(sentence) for term in terms))
        ]
        found += sorted(own, key=lambda p: (-p.shared, len(p.words)))[:MOST_OF_A_DOCUMENT]
    return sorted(found, key=lambda p: -p.shared)[:MOST_PASSAGES]


def statement_on(name: str, passages: Sequence[Passage]) -> str:
    """A draft for a person to finish; empty where no released document speaks of it."""
    if not passages:
        return ""
    lines = [HEADING, f"近期，群众关心“{name}”。现将有关规定说明如下："]
    for passage in passages:
        document = passage.document
        number = f"（{document.document_number}）" if document.document_number else ""
        lines.append(f"《{document.title}》{number}：“{passage.words}”")
    addresses = dict.fromkeys(p.document.url for p in passages if p.document.url)
    if addresses:
        lines.append("全文见：" + "；".join(addresses))
    return "\n".join(lines)
