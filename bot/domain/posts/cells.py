"""The words of a table cell by cell: one line a row, a tab between cells, the caption above."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.releases.document import Cell, Table

MOST_CELLS = 300
"""Cells of a table that people may still write in; a larger one can only be left out."""


def table_words(table: Table) -> str:
    """The table as lines; blanks and line ends inside a cell are one blank."""
    rows = ("\t".join(_in_one_line(cell.text) for cell in row) for row in table.rows)
    return "\n".join((*_caption(table), *rows))


def grid_of(table: Table, text: str) -> tuple[tuple[str, ...], ...] | None:
    """The cells that `text`, lines as `table_words` has them, writes into the table. None where
    it has other rows or cells: nothing is added to a table, and nothing taken from it."""
    lines = text.split("\n")
    if lines[: len(_caption(table))] == _caption(table):
        lines = lines[len(_caption(table)) :]
    grid = tuple(tuple(_in_one_line(cell) for cell in line.split("\t")) for line in lines)
    same = [len(row) for row in grid] == [len(row) for row in table.rows]
    return grid if same else None


def with_cells(table: Table, text: str) -> Table:
    """The table with these words in its cells; a cell that says the same keeps its own lines.

    Raises:
        ValueError: they do not fit into it.
    """
    grid = grid_of(table, text)
    if grid is None:
        raise ValueError("the words have other rows or cells than the table")
    rows = zip(table.rows, grid, strict=True)
    written = (tuple(map(_written, row, words)) for row, words in rows)
    return replace(table, rows=tuple(written))


def grid_text(caption: str, rows: Sequence[Sequence[str]]) -> str:
    """Lines of cells as `grid_of` reads them."""
    above = [caption] if caption else []
    return "\n".join((*above, *("\t".join(map(_in_one_line, row)) for row in rows)))


def _written(cell: Cell, words: str) -> Cell:
    return cell if _in_one_line(cell.text) == words else replace(cell, text=words)


def _caption(table: Table) -> list[str]:
    return [_in_one_line(table.caption)] if table.caption else []


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
