"""Promotes short numbered paragraphs (一、…) of a text without headings to headings."""

from bot.domain.releases.document import Block, Document, Heading, Paragraph, Run
from bot.domain.text import compact
from bot.language.headings import numbering_level
from bot.reading.notes import Notes


def with_numbered_headings(document: Document, notes: Notes) -> Document:
    """`document` with every paragraph that is a 公文 heading by number and shape made one.

    The text is untouched; centred or linked paragraphs stay paragraphs.
    """
    promoted = Document(tuple(_promoted(block, notes) for block in document.blocks))
    return with_plain_contents(promoted)


def with_plain_contents(document: Document) -> Document:
    """`document` with the headings that a 目录 merely lists turned back into paragraphs."""
    blocks = list(document.blocks)
    for start, block in enumerate(blocks):
        if isinstance(block, Heading | Paragraph) and compact(block.text) == "目录":
            _flatten_contents(blocks, start + 1)
    return Document(tuple(blocks))


def _flatten_contents(blocks: list[Block], place: int) -> None:
    listed: set[str] = set()
    while place < len(blocks):
        block = blocks[place]
        if not isinstance(block, Heading) or compact(block.text) in listed:
            return
        listed.add(compact(block.text))
        blocks[place] = Paragraph((Run(block.text),))
        place += 1


def _promoted(block: Block, notes: Notes) -> Block:
    if not isinstance(block, Paragraph) or block.align == "right":
        return block
    level = numbering_level(block.text)
    if level is None or any(run.link for run in block.runs):
        return block
    notes.count("headings_found")
    return Heading(block.text, level)
