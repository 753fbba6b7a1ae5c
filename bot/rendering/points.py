"""The short form of a document: its headings, each with what the text itself says is below it."""

import re
from collections.abc import Iterator

from bot.domain.releases.document import Block, Document, Heading, Paragraph, Run
from bot.ports.wording import MakeDigest
from bot.rendering.leads import item_lead

_COUNT = "[一二三四五六七八九十百零〇]+"
_NEXT_ITEM = re.compile(rf"(?<=[。；])(?=第{_COUNT}条[ \u3000]|{_COUNT}、|[（(]{_COUNT}[）)])")
_SENTENCES_BELOW_A_HEADING = (110, 220)
_WITHOUT_HEADINGS = 400


def in_lines(digest: str) -> list[str]:
    """The sentences of a digest, each article and each item of a list beginning a line."""
    return _NEXT_ITEM.sub("\n", digest).split("\n")


def digested(body: Document, digest: MakeDigest) -> Document:
    """The points of `body` in its own words: nothing is rephrased.

    Below a heading stand the leads of its items (（一）…, （二）…) where it has several, else
    whole sentences. A document without headings is told in sentences alone; one as short as
    that, or without a sentence to quote, is its own short form.
    """
    sections = sections_of(body)
    if len(sections) < 2:
        told = tuple(_sentences(body, digest, (_WITHOUT_HEADINGS,)))
        return Document(told) if told and len(body.text) > _WITHOUT_HEADINGS else body
    blocks: list[Block] = []
    for heading, below in sections:
        blocks.append(Heading(heading.text, 2))
        if leads := leads_of(below):
            blocks.extend(Paragraph((Run(lead),)) for lead in leads)
        else:
            blocks.extend(_sentences(below, digest, _SENTENCES_BELOW_A_HEADING))
    return Document(tuple(blocks))


def leads_of(below: Document) -> tuple[str, ...]:
    """The leads of the items below a heading, where there are several."""
    leads = tuple(lead for block in below.blocks if (lead := _lead(block)))
    return leads if len(leads) > 1 else ()


def sections_of(body: Document) -> list[tuple[Heading, Document]]:
    """The highest headings and all that stands below each."""
    top = min((b.level for b in body.blocks if isinstance(b, Heading)), default=0)
    found: list[tuple[Heading, list[Block]]] = []
    for block in body.blocks:
        if isinstance(block, Heading) and block.level == top:
            found.append((block, []))
        elif found:
            found[-1][1].append(block)
    return [(heading, Document(tuple(below))) for heading, below in found]


def _lead(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    return item_lead(block.text) if isinstance(block, Paragraph) else ""


def _sentences(body: Document, digest: MakeDigest, limits: tuple[int, ...]) -> Iterator[Paragraph]:
    text = Document(tuple(b for b in body.blocks if not isinstance(b, Heading))).text
    found = next((said for limit in limits if (said := digest(text, limit))), "")
    if found:
        yield Paragraph((Run(found),))
