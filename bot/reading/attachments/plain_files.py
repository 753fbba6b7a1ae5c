"""The text of .csv, .txt and .html files, line by line."""

import html
import re

from bot.reading.attachments.columns import Columns
from bot.reading.attachments.gathering import Gathering

_BEGINNING = 1024
_TAG = re.compile(r"<[^>]{0,5000}>")
_IS_HTML = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CELL_END = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_ROW_END = re.compile(r"</(?:tr|p|div|li|h\d|title)\s*>|<br\s*/?>", re.IGNORECASE)
_CELL = "\t"
_SEPARATORS = f",{_CELL};"


def decoded(content: bytes) -> str | None:
    """The text of a file that is one, else nothing."""
    encodings = [_MARKS[content[:2]]] if content[:2] in _MARKS else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def read_plain(text: str, gathering: Gathering) -> None:
    """Take every line; of a table each figure with its heading."""
    if _IS_HTML.search(text[:_BEGINNING]):
        text = _without_tags(text)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    columns = Columns()
    for number, line in enumerate(lines, 1):
        words = line
        if separator in line and (separator in first or separator == _CELL):
            words = columns.read(enumerate(c.strip(' "=') for c in line.split(separator)))
        gathering.take("", f"第 {number} 行", words)


def _without_tags(text: str) -> str:
    """The page as lines, a row of a table on one."""
    rows = _ROW_END.sub("\n", _CELL_END.sub(_CELL, " ".join(text.splitlines())))
    return html.unescape(_TAG.sub("", rows))
