"""Tables out of .xlsx and .csv files that other desks export. Values only: no formula is worked
out and no macro is run."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import PurePath
from typing import NoReturn

from bot.domain.errors import InvalidInput, Problem
from bot.domain.replies.importing import MOST_ROWS, Table

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_XML = 120 * 1024 * 1024
"""Bytes of all XML parts, unpacked: twenty thousand letters of some thousand signs."""
MOST_PARTS = 500
MOST_COLUMNS = 100
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IS_LOCKED = 0x1
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_BEGINNING = 4096


def read_table(content: bytes, file_name: str) -> Table:
    """The first sheet that is shown, headings first. Keeps the promise of `ports.importing`."""
    if len(content) > LARGEST_FILE:
        _refuse(f"超过 {LARGEST_FILE // 1024 // 1024} MB，请分成几个文件")
    match PurePath(file_name).suffix.lower():
        case ".csv":
            return _table(_csv_rows(content))
        case ".xlsx":
            return _table(_xlsx_rows(content))
        case suffix:
            raise _refusal(f"{suffix or '没有后缀'}不能读取，请另存为 .xlsx 或 .csv")


def _table(rows: Iterable[Sequence[str]]) -> Table:
    """Rows up to one more than may be taken, so that too many are seen as such."""
    headings: tuple[str, ...] = ()
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, row in enumerate(rows, 1):
        cells = _up_to_the_last(row)
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            _refuse(f"第 {number} 行超过 {MOST_COLUMNS} 列，不像导出的来件表")
        if not headings:
            headings = tuple(cell.strip() for cell in cells)
            continue
        kept.append((number, cells))
        if len(kept) > MOST_ROWS:
            break
    if not headings:
        _refuse("里没有内容")
    return Table(headings, tuple(kept))


def _up_to_the_last(row: Sequence[str]) -> tuple[str, ...]:
    """Without the empty cells behind the last that holds anything."""
    last = max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)
    return tuple(row[:last])


def _csv_rows(content: bytes) -> Iterator[Sequence[str]]:
    text = _decoded(content)
    headings = text.lstrip().partition("\n")[0]
    comma = max(",\t;", key=headings.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    except csv.Error as error:
        raise _refusal("里有读不出的行，请用表格软件打开后另存为 .xlsx") from error


def _decoded(content: bytes) -> str:
    """Excel writes GB 18030 in China where it is not told otherwise."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal("的文字编码看不懂，请另存为 UTF-8 编码的 .csv 或 .xlsx")


def _xlsx_rows(content: bytes) -> Iterator[Sequence[str]]:
    if content.startswith(_OLE):
        _refuse("设了密码，或者是旧的 .xls 格式，请取消密码并另存为 .xlsx")
    try:
        _check_package(content)
        yield from _cells(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError) as error:
        raise _refusal("已损坏或没有传完，请用表格软件打开确认后重新保存") from error


def _check_package(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
        if any(part.flag_bits & _IS_LOCKED for part in parts):
            _refuse("设了密码，请取消密码后重新保存")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in xml) > LARGEST_XML:
            _refuse("解压后过大，不像导出的来件表，请删去多余内容后重新保存")
        for part in xml:
            with package.open(part) as opened:
                if any(word in opened.read(_BEGINNING) for word in _DECLARATIONS):
                    _refuse("含有表格软件不会写的声明，为安全起见没有读取，请重新保存")


def _cells(content: bytes) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook  # only where a spreadsheet comes, for its memory

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not shown:
            _refuse("里没有工作表")
        # A file may claim a million empty columns.
        for row in shown[0].iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
            yield [_words(value) for value in row]
    finally:
        book.close()


def _words(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="minutes")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _refuse(message: str) -> NoReturn:
    raise _refusal(message)


def _refusal(message: str) -> InvalidInput:
    return InvalidInput([Problem("file", f"文件{message}")])
