"""The text of old Office files (.xls, .doc, .ppt) and of WPS files that are kept the same way."""

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

from bot.reading.attachments.columns import Columns
from bot.reading.attachments.gathering import Gathering, NotReadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL_END = "\x07"
_PARAGRAPHS = re.compile("(?<=\x07)|[\r\n\x0b\x0c]")
_BREAKS = re.compile("[\r\n\x0b\x0c]")

_WORD_97 = 0xC1
_IS_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PIECES_AT = 0x01A2
_PROPERTIES, _PIECES = 1, 2
_ONE_BYTE = 0x40000000
_CONTAINER = 0xF
_SLIDE_TEXT = {0x0FA0: "utf-16-le", 0x0FA8: "latin-1"}
"""TextCharsAtom and TextBytesAtom ([MS-PPT] 2.9.42, 2.9.43)."""


def read_old_office(content: bytes, gathering: Gathering) -> None:
    """Take what the file holds, by what it is inside.

    Raises:
        NotReadable: it is locked, damaged, or older than Office 97.
    """
    from xlrd.compdoc import CompDoc, CompDocError

    if _ENCRYPTED in content:
        raise NotReadable("设了打开密码")
    try:
        streams = CompDoc(content, logfile=io.StringIO())
        _require_ends(streams)
        if words := streams.get_named_stream("WordDocument"):
            _read_word(words, streams, gathering)
        elif slides := streams.get_named_stream("PowerPoint Document"):
            _read_slides(slides, gathering)
        else:
            _read_workbook(content, gathering)
    except (CompDocError, struct.error, AssertionError, LookupError, ValueError) as error:
        raise NotReadable("已损坏") from error


def _require_ends(streams: Any) -> None:
    """Small streams are chains, which xlrd follows without asking whether they run in a ring.

    Raises:
        NotReadable: one does.
    """
    chains = streams.SSAT
    for stream in streams.dirlist:
        at, steps = stream.first_SID, 0
        while 0 <= at < len(chains) and stream.tot_size < streams.min_size_std_stream:
            at, steps = chains[at], steps + 1
            if steps > len(chains):
                raise NotReadable("已损坏")


def _read_workbook(content: bytes, gathering: Gathering) -> None:
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        is_locked = "encrypted" in str(error)
        raise NotReadable("设了打开密码" if is_locked else "不是能识别的格式") from error
    except (TypeError, NotImplementedError, OverflowError) as error:
        raise NotReadable("已损坏") from error
    for sheet in book.sheets():
        _read_sheet(sheet, gathering)


def _read_sheet(sheet: Any, gathering: Gathering) -> None:
    columns, name, hidden_rows = Columns(), f"工作表“{sheet.name}”", 0
    if sheet.visibility:
        gathering.hide(f"{name}是隐藏的")
    for number in range(sheet.nrows):
        cells = [(place, _words(cell)) for place, cell in enumerate(sheet.row(number))]
        cells = [(place, words) for place, words in cells if words]
        info = sheet.rowinfo_map.get(number)
        is_hidden = bool(info is not None and info.hidden and cells)
        hidden_rows += is_hidden
        state = "（隐藏的工作表）" if sheet.visibility else "（隐藏的行）" if is_hidden else ""
        gathering.take(f"{name}{state}", f"第 {number + 1} 行", columns.read(cells))
    if hidden_rows:
        gathering.hide(f"{name}有 {hidden_rows} 行被隐藏或筛选掉")
    hidden = sum(1 for column in sheet.colinfo_map.values() if column.hidden)
    if hidden:
        gathering.hide(f"{name}有 {hidden} 列被隐藏")


def _words(cell: Any) -> str:
    value = cell.value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value if isinstance(value, str) else ""


def _read_word(stream: bytes, streams: Any, gathering: Gathering) -> None:
    """The pieces of text in their order ([MS-DOC] 2.4.1); deleted words are among them."""
    kind, flags = struct.unpack_from("<H", stream, 2)[0], struct.unpack_from("<H", stream, 10)[0]
    if kind < _WORD_97:
        raise NotReadable("是 Word 97 以前的格式")
    if flags & _IS_ENCRYPTED:
        raise NotReadable("设了打开密码")
    table = streams.get_named_stream("1Table" if flags & _SECOND_TABLE else "0Table")
    start, length = struct.unpack_from("<II", stream, _PIECES_AT)
    if not table or not length:
        raise NotReadable("已损坏")
    _read_paragraphs("".join(_pieces(stream, table[start : start + length])), gathering)


def _read_paragraphs(text: str, gathering: Gathering) -> None:
    """A mark ends each cell of a table, one more ends the row."""
    cells: list[tuple[int, str]] = []
    columns = Columns()
    for number, words in enumerate(_PARAGRAPHS.split(text), 1):
        spot = f"第 {number} 段"
        if not words.endswith(_CELL_END):
            gathering.take("正文", spot, words)
        elif cell := words.removesuffix(_CELL_END):
            cells.append((len(cells), cell))
        else:
            gathering.take("正文", spot, columns.read(cells))
            cells = []
    gathering.take("正文", "", columns.read(cells))


def _pieces(stream: bytes, clx: bytes) -> Iterator[str]:
    at = 0
    while clx[at] == _PROPERTIES:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != _PIECES:
        raise NotReadable("已损坏")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    plc, count = clx[at + 5 : at + 5 + size], (size - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    for number in range(count):
        length = ends[number + 1] - ends[number]
        offset = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        if offset & _ONE_BYTE:
            begin = (offset & ~_ONE_BYTE) // 2
            yield stream[begin : begin + length].decode("cp1252", "replace")
        else:
            yield stream[offset : offset + 2 * length].decode("utf-16-le", "replace")


def _read_slides(stream: bytes, gathering: Gathering) -> None:
    at = 0
    while at + 8 <= len(stream):
        version, kind, length = struct.unpack_from("<HHI", stream, at)
        at += 8
        if version & 0xF == _CONTAINER:
            continue
        if kind in _SLIDE_TEXT:
            words = stream[at : at + length].decode(_SLIDE_TEXT[kind], "replace")
            for line in _BREAKS.split(words):
                gathering.take("幻灯片", "", line)
        at += length
