"""Tables as .xlsx and .csv that no spreadsheet program takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
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


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write `rows` with a byte order mark, without which Excel reads Chinese wrongly.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def write_xlsx(path: Path, rows: Iterable[Sequence[str]], *, title: str) -> None:
    """Write `rows` as one sheet, every cell as text, the first row kept in sight.

    Raises:
        OSError: the file cannot be written.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    book.save(path)


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=harmless(text))
    cell.data_type = "s"
    return cell
