"""Tables as .xlsx and .csv that no spreadsheet program takes for formulas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins so may be run as a formula: a follower's text must not be (OWASP, CSV
injection). Full-width ones are taken for the narrow ones by some programs."""

LONGEST_CELL = 32_767
"""Excel's limit; text beyond it is cut and the cut is marked."""

_CUT = "……（过长，已截断）"


def harmless(text: str) -> str:
    """`text` as a cell that stays text."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    if clean.lstrip(" \u3000").startswith(FORMULA_STARTS) or clean.startswith(FORMULA_STARTS):
        clean = "'" + clean
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - len(_CUT)] + _CUT


Cell = str | int | float
"""Numbers stay numbers, so that a spreadsheet can add them up."""


class UnknownFormat(Exception):
    """The file's suffix names no format we write."""


class _Counting:
    """Rows on their way to a file after their headings, counted."""

    def __init__(self, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        self._headings, self._rows, self.count = headings, rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        yield self._headings
        for row in self._rows:
            self.count += 1
            yield row


def write_table(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str
) -> int:
    """Write a table in the format of the file's suffix; returns how many rows it has.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    counted = _Counting(headings, rows)
    match path.suffix.lower():
        case ".csv":
            write_csv(path, counted)
        case ".xlsx":
            write_xlsx(path, counted, title=title)
        case suffix:
            raise UnknownFormat(f"cannot write {suffix or 'a file without suffix'}: .csv or .xlsx")
    return counted.count


def write_csv(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write `rows` with a byte order mark, without which Excel reads Chinese wrongly.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([_harmless(cell) for cell in row] for row in rows)


def write_xlsx(path: Path, rows: Iterable[Sequence[Cell]], *, title: str) -> None:
    """Write `rows` as one sheet, text as text, the first row kept in sight.

    Raises:
        OSError: the file cannot be written.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    book.save(path)


def _harmless(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> XlsxCell:
    cell = WriteOnlyCell(sheet, value=_harmless(value))
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
