"""A table of an HTML page: data with spans, or None when it only lays out the page."""

import re
from collections.abc import Callable, Iterator
from typing import cast

from lxml.html import HtmlElement

from bot.domain.releases.document import Block, Cell, Document, Image, Paragraph, Table
from bot.reading.notes import Notes

ReadCell = Callable[[HtmlElement], list[Block]]
_PARTS = ("thead", "tbody", "tfoot")
WIDEST_SPAN = 1000
"""The largest span HTML allows in columns."""


def read_table(table: HtmlElement, read_cell: ReadCell, notes: Notes) -> list[Block] | None:
    """The table and then the pictures of its cells; None for a table that is only layout.

    Layout is: one column, cells that hold tables, or text that stands outside any cell.
    """
    rows = list(_rows(table))
    if _is_layout(table, rows):
        return None
    pictures: list[Block] = []
    read = tuple(
        tuple(_cell(cell, read_cell, pictures, notes, in_head=in_head) for cell in cells)
        for in_head, cells in rows
        if cells
    )
    notes.count("pictures_moved", len(pictures))
    return [Table(read, _caption(table, notes)), *pictures]


def _rows(table: HtmlElement) -> Iterator[tuple[bool, list[HtmlElement]]]:
    for child in table:
        if child.tag == "tr":
            yield False, _cells(child)
        elif child.tag in _PARTS:
            for row in child:
                if row.tag == "tr":
                    yield child.tag == "thead", _cells(row)


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_layout(table: HtmlElement, rows: list[tuple[bool, list[HtmlElement]]]) -> bool:
    widest = max((len(cells) for _, cells in rows), default=0)
    nested = table.find(".//table") is not None
    return widest <= 1 or (nested and widest <= 2) or _has_stray_content(table)


def _has_stray_content(table: HtmlElement) -> bool:
    """Text or elements between the table's own parts, which browsers show outside it."""
    frames = [table, *(e for e in table if e.tag in _PARTS)]
    frames += [row for frame in list(frames) for row in frame if row.tag == "tr"]
    known = {"caption", "colgroup", "col", "tr", "td", "th", *_PARTS}
    return any(
        bool(frame.text and frame.text.strip())
        or any(
            (isinstance(child.tag, str) and child.tag not in known)
            or bool(child.tail and child.tail.strip())
            for child in frame
        )
        for frame in frames
    )


def _cell(
    cell: HtmlElement, read_cell: ReadCell, pictures: list[Block], notes: Notes, *, in_head: bool
) -> Cell:
    blocks = read_cell(cell)
    pictures += [block for block in blocks if isinstance(block, Image)]
    for block in blocks:
        if isinstance(block, Paragraph):
            notes.count("link_lost", sum(run.link is not None for run in block.runs))
    text = Document(tuple(b for b in blocks if not isinstance(b, Image))).text
    return Cell(
        text.replace("\t", " "),
        header=in_head or cell.tag == "th",
        columns=_span(cell.get("colspan")),
        rows=_span(cell.get("rowspan")),
    )


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,5})", value or "")
    return min(max(int(digits[1]), 1), WIDEST_SPAN) if digits else 1


def _caption(table: HtmlElement, notes: Notes) -> str:
    caption = table.find("caption")
    if caption is None:
        return ""
    return " ".join(notes.clean(cast(str, caption.text_content())).split())
