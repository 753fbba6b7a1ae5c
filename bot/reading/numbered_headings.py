"""Promotes short numbered paragraphs (一、…) of a text without headings to headings."""

from bot.domain.releases.document import Block, Document, Heading, Paragraph
from bot.language.headings import numbering_level
from bot.reading.notes import Notes


def with_numbered_headings(document: Document, notes: Notes) -> Document:
    """`document` with every paragraph that is a 公文 heading by number and shape made one.

    The text is untouched; centred or linked paragraphs stay paragraphs.
    """
    return Document(tuple(_promoted(block, notes) for block in document.blocks))


def _promoted(block: Block, notes: Notes) -> Block:
    if not isinstance(block, Paragraph) or block.align == "right":
        return block
    level = numbering_level(block.text)
    if level is None or any(run.link for run in block.runs):
        return block
    notes.count("headings_found")
    return Heading(block.text, level)
