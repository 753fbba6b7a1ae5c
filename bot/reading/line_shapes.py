"""What a plain-text body looks like as a whole: hard-wrapped or not, indented or not."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass

_CJK = re.compile("[\u3400-\u9fff]")
_PAGE_MARK = re.compile(
    r"^\s*(?:[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|"
    r"\d{1,4}\s*/\s*\d{1,4})\s*$"
)
_MARKDOWN_LINE = re.compile(
    r"^\s{0,3}(?:#{1,6}\s|[-*+]\s|\d{1,3}\.\s|>|\||```|~~~|<)|^\s*[-*_]{3,}\s*$"
)
NARROWEST, WIDEST = 15, 60
"""Widths, in full-width characters, at which PDF extraction and typists wrap lines."""


def is_page_mark(line: str) -> bool:
    """Whether `line` is nothing but a page number: — 3 —, -3-, 第 3 页 共 9 页, 3/9."""
    return _PAGE_MARK.match(line) is not None


def is_markdown_line(line: str) -> bool:
    """Whether `line` begins with a mark of Markdown structure."""
    return _MARKDOWN_LINE.match(line) is not None


def width(line: str) -> float:
    """Width in full-width characters; ASCII counts half."""
    return sum(0.5 if ord(c) < 0x2000 else 1.0 for c in line.strip())


@dataclass(frozen=True)
class Shape:
    """`wrap` is the width at which lines are broken, None when they are not; `indents` says
    that a new paragraph shows by its indentation."""

    wrap: float | None
    indents: bool


def shape_of(lines: list[str]) -> Shape:
    """Look at all lines together: a wrapped text has most of its long lines equally long."""
    written = [line for line in lines if line.strip() and not is_page_mark(line)]
    widths = [width(line) for line in written]
    wrap = _wrap_width(widths)
    indented = sum(line[0] in " \t\u3000" for line in written)
    indents = bool(written) and 0.05 < indented / len(written) < 0.95
    return Shape(wrap, indents)


def _wrap_width(widths: list[float]) -> float | None:
    counts = Counter(round(w) for w in widths if w >= NARROWEST)
    if not counts or max(counts) > WIDEST * 2:
        return None
    best = max(counts, key=lambda w: (sum(counts[w + d] for d in range(-2, 3)), w))
    near = sum(counts[best + d] for d in range(-2, 3))
    enough = near >= 4 and near >= 0.25 * len(widths)
    return float(best) if enough and best <= WIDEST else None


def is_tidy_markdown(text: str) -> bool:
    """Whether Markdown rules may read `text`: no page marks, and Chinese lines that follow each
    other without a blank line are rare."""
    lines = text.split("\n")
    if any(is_page_mark(line) for line in lines):
        return False
    inner = 0
    for above, below in itertools.pairwise(lines):
        touching = bool(above.strip() and below.strip())
        if touching and not is_markdown_line(below) and not is_markdown_line(above):
            inner += bool(_CJK.search(above) and _CJK.search(below)) and not above.endswith("\\")
    return inner <= 0.1 * sum(bool(line.strip()) for line in lines)
