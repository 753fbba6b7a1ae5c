"""Takes the title and 文号 off the head of a body that repeats them, and nothing else."""

from bot.domain.releases.document import Block, Document, Heading, Paragraph, Rule
from bot.domain.text import compact
from bot.reading.notes import Notes

MOST_LINES = 5
"""Titles of joint documents are set over up to five centred lines."""


def without_repeated_head(
    body: Document, *, title: str, document_number: str | None, notes: Notes
) -> Document:
    """`body` without leading blocks that, blanks aside, are exactly the title or the number.

    A body that is nothing but its title stays as it is.
    """
    wanted = _wanted(title, document_number)
    blocks = body.blocks
    removed: list[str] = []
    while taken := _matching(blocks, wanted):
        removed += [
            block.text for block in blocks[:taken] if isinstance(block, Heading | Paragraph)
        ]
        blocks = blocks[taken:]
    if not removed or not any(not isinstance(block, Rule) for block in blocks):
        return body
    while blocks and isinstance(blocks[0], Rule):
        blocks = blocks[1:]
    shown = "、".join(f"“{text[:30]}”" for text in removed)
    notes.find(
        "repeated_head", f"正文开头重复了标题或文号（{shown}），已去掉，避免显示两次", "正文"
    )
    return Document(blocks)


def _wanted(title: str, number: str | None) -> frozenset[str]:
    plain = compact(title)
    if not number:
        return frozenset({plain})
    noted = compact(f"({number})")
    return frozenset({plain, compact(number), noted, plain + noted})


def _matching(blocks: tuple[Block, ...], wanted: frozenset[str]) -> int:
    """How many leading blocks together are one of the wanted texts; 0 when none."""
    text = ""
    skipped = 0
    while skipped < len(blocks) and isinstance(blocks[skipped], Rule):
        skipped += 1
    for count, block in enumerate(blocks[skipped : skipped + MOST_LINES], start=skipped + 1):
        if not isinstance(block, Heading | Paragraph):
            return 0
        text += compact(block.text)
        if text in wanted:
            return count
    return 0
