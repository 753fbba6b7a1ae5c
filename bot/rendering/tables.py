"""Tables on a phone: as they are where they fit 390 pixels, else every row as a block of lines.

Text stays text: a table is never made a picture, which nobody could search, enlarge or hear.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.domain.releases.document import Cell, Table

_ROOM = 25.5
"""Characters of 14 px in a line of a 390 px phone."""
_ROOM_IN_SMALL_TYPE = 29.5
_CELL_EDGE = 0.85
"""Padding and border of a cell, in characters."""
_PROSE, _PHRASE = 30, 12
_PROSE_NEEDS, _PHRASE_NEEDS, _WORD_NEEDS = 9.0, 6.0, 5.0
_LONGEST_HEAD = 12
_LATIN_WIDTH = 0.55
_SURELY_BREAKABLE = 16
"""A cell no longer than this needs no more than prose does, even if it is one Latin word."""
_UNBREAKABLE = re.compile(r"[!-~]+")
_ORDINAL = re.compile(r"序号|编号|项次|No\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell where it stands: `at` is the row and column in which it begins."""

    cell: Cell
    at: tuple[int, int]


Row = tuple[Place | None, ...]
"""One row with as many places as the table has columns; a spanning cell stands in several."""


class Layout(Enum):
    """How a table is drawn; the value is the style it takes."""

    TABLE = "table"
    SMALL = "table_wide"
    ROWS = "table_rows"


@dataclass(frozen=True)
class Entry:
    """One row as lines: what it is about, then each cell under its column's name."""

    title: str
    lines: tuple[tuple[str, str], ...]


def layout_of(table: Table) -> Layout:
    """The largest way to draw `table` that still fits a phone."""
    if _surely_fits(table):
        return Layout.TABLE
    grid = _grid(table)
    columns = len(grid[0]) if grid else 0
    needed = sum(_needs(grid, column) + _CELL_EDGE for column in range(columns))
    if needed <= _ROOM:
        return Layout.TABLE
    return Layout.SMALL if needed <= _ROOM_IN_SMALL_TYPE else Layout.ROWS


def _surely_fits(table: Table) -> bool:
    """Most tables are small; they need no closer look."""
    widths: list[int] = []
    for row in table.rows:
        for column, cell in enumerate(row):
            if cell.columns > 1 or cell.rows > 1 or len(cell.text) > _SURELY_BREAKABLE:
                return False
            if column == len(widths):
                widths.append(0)
            widths[column] = max(widths[column], min(len(cell.text), int(_PROSE_NEEDS)))
    return sum(widths) + _CELL_EDGE * len(widths) <= _ROOM


def entries_of(table: Table) -> Iterator[Entry]:
    """The names of the columns, then the rows of `table` as blocks of lines, in order.

    Nothing of its text is left out.
    """
    grid = _grid(table)
    depth = head_rows(table)
    names = [_name(grid[:depth], column) for column in range(len(grid[0]) if grid else 0)]
    if named := "、".join(dict.fromkeys(filter(None, names))):
        yield Entry("", (("各栏", named),))
    for row in grid[depth:]:
        yield _entry(row, names)


def head_rows(table: Table) -> int:
    """How many rows at the top name the columns."""
    marked = 0
    for row in table.rows:
        if not row or not all(cell.header for cell in row):
            break
        marked += 1
    if marked or len(table.rows) < 2:
        return marked
    first = table.rows[0]
    return max(cell.rows for cell in first) if _names_columns(first) else 0


def _names_columns(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and all(
        0 < len(cell.text.strip()) <= _LONGEST_HEAD and not cell.text.strip()[0].isdigit()
        for cell in row
    )


def _entry(row: Row, names: Sequence[str]) -> Entry:
    told: list[tuple[str, Cell]] = []
    seen: set[tuple[int, int]] = set()
    for name, place in zip(names, row, strict=True):
        if place is not None and place.at not in seen and place.cell.text.strip():
            seen.add(place.at)
            told.append((name, place.cell))
    if not told:
        return Entry("", ())
    first, *rest = told
    title = [first[1].text.strip()]
    # A running number alone says nothing: the next cell completes the title.
    if rest and (_ORDINAL.fullmatch(first[0].strip()) or title[0].isdigit()):
        title.append(rest.pop(0)[1].text.strip())
    return Entry("　".join(title), tuple((name, cell.text.strip()) for name, cell in rest))


def _name(head: Sequence[Row], column: int) -> str:
    """The names above a column, the wider ones first, each once."""
    places = {place.at: place.cell for row in head if (place := row[column]) is not None}
    texts = [" ".join(cell.text.split()) for cell in places.values()]
    return " · ".join(_closed(text) for text in texts if text)


def _closed(name: str) -> str:
    """公文 stretch short names with blanks: 主 要 内 容."""
    parts = name.split()
    return "".join(parts) if all(len(part) == 1 for part in parts) else name


def _needs(rows: Sequence[Row], column: int) -> float:
    """Characters of width without which the column becomes a tower."""
    cells = {place.at: place.cell for row in rows if (place := row[column]) is not None}
    return max((_cell_needs(cell) for cell in cells.values()), default=0.0)


def _cell_needs(cell: Cell) -> float:
    if cell.columns > 1:
        return 0.0
    width = max(map(_width, cell.text.split("\n")), default=0.0)
    word = max((len(w) * _LATIN_WIDTH for w in _UNBREAKABLE.findall(cell.text)), default=0.0)
    if width > _PROSE:
        usual = _PROSE_NEEDS
    else:
        usual = _PHRASE_NEEDS if width > _PHRASE else min(width, _WORD_NEEDS)
    return max(word, usual)


def _width(text: str) -> float:
    return sum(_LATIN_WIDTH if character < "\u2e80" else 1.0 for character in text)


def _grid(table: Table) -> tuple[Row, ...]:
    """The table with every span filled in; a cell alone in its row is no wider than the others."""
    widest = max((sum(c.columns for c in row) for row in table.rows if len(row) > 1), default=1)
    taken: dict[tuple[int, int], Place] = {}
    for top, row in enumerate(table.rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            place = Place(cell, (top, left))
            columns = min(cell.columns, widest) if len(row) == 1 else cell.columns
            for y in range(top, min(top + cell.rows, len(table.rows))):
                taken.update(((y, x), place) for x in range(left, left + columns))
            left += columns
    width = 1 + max((x for _, x in taken), default=-1)
    return tuple(tuple(taken.get((y, x)) for x in range(width)) for y in range(len(table.rows)))
