"""Tables on pictures: a grid where a phone's width allows, else each row told in lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.domain.releases.document import Cell, Table
from bot.rendering.colours import INK, SOFT_INK, WHITE, Colour, mixed
from bot.rendering.lettering import Face, face
from bot.rendering.line_breaks import filled_lines
from bot.rendering.strips import Canvas, Setting, Strip, text_strips

_LETTERS = 34
_PAD = 16
_LEADING = 1.5
_MOST_COLUMNS = 4
_GAP = 22
_LINE = mixed(SOFT_INK, WHITE, 0.5)


@dataclass(frozen=True)
class _Placed:
    """A cell and the first row and column it covers."""

    row: int
    column: int
    cell: Cell


def table_strips(table: Table, *, left: int, width: int, tallest: int, tint: Colour) -> list[Strip]:
    """A strip a row; a table of many columns, or with a row higher than `tallest`, is told."""
    placed, columns = _placed(table)
    if not placed:
        return []
    if columns <= _MOST_COLUMNS:
        grid = _Grid(placed, columns, left, width, tint)
        if max(grid.heights) <= tallest:
            return grid.strips()
    return _told(placed, columns, len(table.rows), left, width)


def _placed(table: Table) -> tuple[list[_Placed], int]:
    """Every cell with its place, and how many columns there are."""
    taken: set[tuple[int, int]] = set()
    placed: list[_Placed] = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed.append(_Placed(row, column, cell))
            taken |= {
                (row + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
            column += cell.columns
    return placed, max((column for _, column in taken), default=-1) + 1


class _Grid:
    """Rows and columns with lines between them."""

    def __init__(
        self, placed: Sequence[_Placed], columns: int, left: int, width: int, tint: Colour
    ) -> None:
        self._placed, self._left, self._width, self._tint = placed, left, width, tint
        self._edges = _edges(placed, columns, left, width)
        self._rows = max(each.row for each in placed) + 1
        self._lines = {each: self._broken(each) for each in placed}
        step = round(_LETTERS * _LEADING)
        self.heights = [
            max(
                (len(lines) for each, lines in self._lines.items() if each.row == row),
                default=1,
            )
            * step
            + 2 * _PAD
            for row in range(self._rows)
        ]

    def strips(self) -> list[Strip]:
        return [
            Strip(
                self.heights[row],
                partial(self._ink, row=row),
                ("\n" if row else "") + "　".join(self._told(row)),
                gap=0 if row else _GAP,
                begins=not row,
                clings=self._clings(row),
            )
            for row in range(self._rows)
        ]

    def _told(self, row: int) -> list[str]:
        return [each.cell.text for each in self._placed if each.row == row]

    def _clings(self, row: int) -> bool:
        """A head stays with what it heads, a merged cell with the rows it covers."""
        own = [each for each in self._placed if each.row <= row]
        is_last = row == self._rows - 1
        is_head = all(each.cell.header for each in own if each.row == row)
        is_merged = any(each.row + each.cell.rows - 1 > row for each in own)
        return not is_last and (is_head or is_merged)

    def _right_of(self, each: _Placed) -> int:
        return self._edges[min(each.column + each.cell.columns, len(self._edges) - 1)]

    def _broken(self, each: _Placed) -> list[str]:
        inner = self._right_of(each) - self._edges[each.column] - 2 * _PAD
        return filled_lines(each.cell.text, _face(each.cell), inner)

    def _ink(self, canvas: Canvas, top: int, row: int) -> None:
        """Draw one row: tints, letters, then the lines around them."""
        bottom = top + self.heights[row]
        covering = [each for each in self._placed if each.row <= row < each.row + each.cell.rows]
        for each in covering:
            if each.cell.header:
                box = (self._edges[each.column], top, self._right_of(each), bottom)
                canvas.pen.rectangle(box, fill=self._tint)
        for each in (each for each in self._placed if each.row == row):
            x, right = self._edges[each.column], self._right_of(each)
            for number, line in enumerate(self._lines[each]):
                base = top + _PAD + round(_LETTERS * _LEADING) * number + _LETTERS * 1.13
                _face(each.cell).write(canvas.pen, (x + _PAD, base), line, INK)
            canvas.pen.line((x, top, right, top), fill=_LINE, width=2)
        edges = {self._edges[each.column] for each in covering}
        for x in edges | {self._right_of(each) for each in covering}:
            canvas.pen.line((x, top, x, bottom), fill=_LINE, width=2)
        if row == self._rows - 1:
            canvas.pen.line((self._left, bottom, self._edges[-1], bottom), fill=_LINE, width=2)


def _face(cell: Cell) -> Face:
    return face("sans", _LETTERS, int(cell.header))


def _edges(placed: Sequence[_Placed], columns: int, left: int, width: int) -> list[int]:
    """Where the columns begin and end: wide as their texts ask, none too narrow to read."""
    least = 3 * _LETTERS + 2 * _PAD
    wishes = [float(least)] * columns
    for each in placed:
        if each.cell.columns == 1:
            # A long text wants more room, but not in proportion: it can take more lines.
            length = _face(each.cell).width(each.cell.text)
            wish = length if length <= width / columns else (length * width / columns) ** 0.5
            wishes[each.column] = max(wishes[each.column], wish + 2 * _PAD)
    free = max(0.0, width - least * columns)
    asked = sum(wish - least for wish in wishes) or 1.0
    edges = [float(left)]
    for wish in wishes:
        edges.append(edges[-1] + least + free * (wish - least) / asked)
    return [*map(round, edges[:-1]), left + width]


def _told(placed: Sequence[_Placed], columns: int, rows: int, left: int, width: int) -> list[Strip]:
    """Every row as lines of column name and value."""
    heads = max((each.cell.rows for each in placed if each.row == 0), default=1)
    names = ["·".join(_texts(placed, column, range(heads))) for column in range(columns)]
    sections = {each.row for each in placed if each.cell.columns == columns}
    setting = Setting(face("sans", _LETTERS), INK, left, width, leading=1.6)
    strips: list[Strip] = []
    for row in range(heads if rows > heads else 0, rows):
        lines = [
            f"{name}：{value}" if name and row not in sections else value
            for column, name in enumerate(names)
            for value in _texts(placed, column, [row], starting=True)
        ]
        told = [
            strip
            for number, line in enumerate(lines)
            for strip in text_strips(line, setting, gap=8 if number else _GAP)
        ]
        if told:
            first = replace(_ruled(told[0], left, width), clings=len(told) > 1)
            strips += [first, *told[1:]]
    return strips


def _texts(
    placed: Sequence[_Placed], column: int, rows: Sequence[int], *, starting: bool = False
) -> list[str]:
    """The texts of the cells that cover the column in these rows, each once; with `starting`
    only of those that begin in the column."""
    found = (
        _tidy(each.cell.text)
        for row in rows
        for each in placed
        if each.row <= row < each.row + each.cell.rows
        and each.column <= column < each.column + each.cell.columns
        and (each.column == column or not starting)
    )
    return [text for text in dict.fromkeys(found) if text]


def _tidy(text: str) -> str:
    """Without the spaces that only spread a column's name over its width."""
    parts = text.split()
    return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)


def _ruled(strip: Strip, left: int, width: int) -> Strip:
    """The first line of a row under a thin line."""

    def ink(canvas: Canvas, top: int) -> None:
        canvas.pen.line((left, top - _GAP // 2, left + width, top - _GAP // 2), fill=_LINE, width=2)
        strip.ink(canvas, top)

    return replace(strip, ink=ink)
