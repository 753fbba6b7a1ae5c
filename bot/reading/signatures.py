"""Who signed and when, at the end of a text that lost its alignment: set to the right."""

import re
from dataclasses import replace

from bot.domain.releases.document import Attachment, Block, Document, Paragraph, Rule
from bot.language.dates import parse_date
from bot.language.headings import opens_a_part

_MOST_SIGNERS = 24
_LONGEST_SIGNER = 30
_RUNNING = re.compile("[，。；：！？,;:!?]")
_ENDS = ("。", "；", "：", "！", "？", "）", ")", "”", "》")


def with_signatures_right(document: Document) -> Document:
    """`document` with every 发文机关署名 and the date below it at the right, where 公文 have it.

    Only lines that follow running text count: a date below a title is part of the title.
    """
    blocks = list(document.blocks)
    for end, block in enumerate(blocks):
        first = _first_signer(blocks, end) if _is_date(block) else end
        if first < end:
            blocks[first : end + 1] = [_at_right(each) for each in blocks[first : end + 1]]
    return Document(tuple(blocks))


def _is_date(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and block.text.rstrip().endswith("日")
        and parse_date("".join(block.text.split())) is not None
    )


def _first_signer(blocks: list[Block], end: int) -> int:
    """Where the lines of signers above the date at `end` begin; `end` when there are none."""
    first = end
    while first > 0 and end - first < _MOST_SIGNERS and _may_sign(blocks[first - 1]):
        first -= 1
    above = blocks[first - 1] if first else None
    follows = isinstance(above, Attachment | Rule) or (
        isinstance(above, Paragraph) and above.text.rstrip().endswith(_ENDS)
    )
    return first if follows else end


def _may_sign(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.align == "center":
        return False
    text = block.text.strip()
    is_line = bool(text) and len(text) <= _LONGEST_SIGNER and not _RUNNING.search(text)
    return is_line and not opens_a_part(text) and not text.endswith(_ENDS)


def _at_right(block: Block) -> Block:
    return replace(block, align="right") if isinstance(block, Paragraph) else block
