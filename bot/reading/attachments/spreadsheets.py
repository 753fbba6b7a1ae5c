"""The text of .xlsx files: every sheet and row, hidden ones too, and what is kept beside them."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.reading.attachments.columns import Columns
from bot.reading.attachments.gathering import Gathering
from bot.reading.attachments.packages import Package, forget

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TARGETS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ROW, _CELL, _VALUE, _INLINE = (f"{_MAIN}{name}" for name in ("row", "c", "v", "is"))
_TEXT, _PHONETIC, _COLUMN, _STRING = (f"{_MAIN}{name}" for name in ("t", "rPh", "col", "si"))
_LONGEST_WORD = 400
"""Signs of a cell's words that a heading or an address may have; longer ones are kept whole only
where they hold figures."""

_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_ANY = "*"
_BESIDE = {
    "xl/comments": ("批注", f"{_MAIN}comment"),
    "xl/threadedComments/": ("批注", "{*}text"),
    "xl/pivotCache/": ("数据透视表缓存", _ANY),
    "xl/externalLinks/": ("外部链接缓存", _ANY),
    "xl/drawings/": ("文本框", _PARAGRAPH),
    "xl/charts/": ("图表", _ANY),
}
"""What stands beside the sheets, and the elements that hold a piece of it."""
_UNSEEN = {
    "批注": "有批注",
    "数据透视表缓存": "有数据透视表缓存，原始数据可能仍在文件里",
    "外部链接缓存": "有外部链接缓存，别的表格的数据可能在文件里",
}


@dataclass
class _Sheet:
    name: str
    path: str
    is_hidden: bool
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows_told: int = 0
    hidden_columns_told: set[int] = field(default_factory=set)


def read_spreadsheet(package: Package, gathering: Gathering) -> None:
    """Take everything in the workbook."""
    strings = _strings(package)
    for sheet in _sheets(package):
        _read_sheet(package, sheet, strings, gathering)
        _tell_hidden(sheet, gathering)
    for start, (part, wanted) in _BESIDE.items():
        for name in package.parts(start):
            _read_beside(package, name, part, wanted, gathering)


def _strings(package: Package) -> list[str]:
    """Words that cells share. Long ones without figures can hold nothing and are not kept."""
    found: list[str] = []
    for name in package.matching(lambda each: each.lower() == "xl/sharedstrings.xml"):
        for _, item in package.events(name, _STRING):
            words = _words(item)
            has_figures = any(sign.isdigit() for sign in words)
            found.append(words if has_figures or len(words) <= _LONGEST_WORD else "")
            forget(item)
    return found


def _words(item: Any) -> str:
    """The text of an element; how it is pronounced is no part of it."""
    return "".join(
        text.text or "" for text in item.iter(_TEXT) if text.getparent().tag != _PHONETIC
    )


def _sheets(package: Package) -> list[_Sheet]:
    targets = {
        each.get("Id"): each.get("Target", "")
        for _, each in package.events("xl/_rels/workbook.xml.rels", _TARGETS)
    }
    found = []
    for _, each in package.events("xl/workbook.xml", f"{_MAIN}sheet"):
        target = targets.get(each.get(_RELATION), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        is_hidden = each.get("state", "visible") != "visible"
        if path in package.names:
            found.append(_Sheet(each.get("name", ""), path, is_hidden))
    return found


def _read_sheet(package: Package, sheet: _Sheet, strings: list[str], gathering: Gathering) -> None:
    columns = Columns()
    number = 0
    for _, element in package.events(sheet.path, _ROW, _COLUMN):
        if element.tag == _COLUMN:
            _note_column(sheet, element)
            continue
        number = int(element.get("r") or number + 1)
        cells = _cells(element, strings)
        is_hidden = element.get("hidden") in ("1", "true")
        if cells:
            sheet.hidden_rows_told += is_hidden
            sheet.hidden_columns_told |= sheet.hidden_columns & {place for place, _ in cells}
            part = _part(sheet, is_hidden=is_hidden)
            gathering.take(part, f"第 {number} 行", columns.read(cells))
        forget(element)


def _note_column(sheet: _Sheet, element: Any) -> None:
    if element.get("hidden") in ("1", "true"):
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        sheet.hidden_columns |= set(range(first, min(last, 1000) + 1))


def _part(sheet: _Sheet, *, is_hidden: bool) -> str:
    state = "（隐藏的工作表）" if sheet.is_hidden else "（隐藏的行）" if is_hidden else ""
    return f"工作表“{sheet.name}”{state}"


def _tell_hidden(sheet: _Sheet, gathering: Gathering) -> None:
    if sheet.is_hidden:
        gathering.hide(f"工作表“{sheet.name}”是隐藏的")
    if sheet.hidden_rows_told:
        gathering.hide(f"工作表“{sheet.name}”有 {sheet.hidden_rows_told} 行被隐藏或筛选掉")
    if sheet.hidden_columns_told:
        gathering.hide(f"工作表“{sheet.name}”有 {len(sheet.hidden_columns_told)} 列被隐藏")


def _cells(row: Any, strings: list[str]) -> list[tuple[int, str]]:
    found = []
    place = 0
    for cell in row.iterchildren(_CELL):
        place = _column_number(cell.get("r", "")) or place + 1
        if words := _cell_words(cell, strings):
            found.append((place, words))
    return found


def _column_number(reference: str) -> int:
    number = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number


def _cell_words(cell: Any, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_words(inline) for inline in cell.iterchildren(_INLINE))
    value = cell.findtext(_VALUE) or ""
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    return plain_number(value) if kind == "n" else value


def plain_number(value: str) -> str:
    """A number as somebody would write it: long ones are stored as 3.30102199003E+17."""
    if value.isdecimal():
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    is_whole = number.is_finite() and abs(number.adjusted()) < 30 and number == int(number)
    return str(int(number)) if is_whole else value


def _read_beside(package: Package, name: str, part: str, wanted: str, gathering: Gathering) -> None:
    if part in _UNSEEN:
        gathering.hide(_UNSEEN[part])
    for _, element in package.events(name, wanted):
        words = "".join(element.itertext()) or element.get("v", "")
        gathering.take(part, "", plain_number(words.strip()))
        forget(element)
