"""The text of .docx files: paragraphs and tables, also what was deleted, hidden or noted beside."""

from dataclasses import dataclass, field
from typing import Any

from bot.reading.attachments.columns import Columns
from bot.reading.attachments.gathering import Gathering
from bot.reading.attachments.packages import Package

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SECOND = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same text box again, for older programs."""
_NAMES = ("p", "tc", "tr", "tbl", "t", "delText", "tab", "br", "vanish")
_WANTED = tuple(f"{_MAIN}{name}" for name in _NAMES)
_P, _TC, _TR, _TBL, _T, _DELETED, _TAB, _BREAK, _VANISH = _WANTED
_PARTS = {
    "word/document.xml": "正文",
    "word/header": "页眉",
    "word/footer": "页脚",
    "word/footnotes": "脚注",
    "word/endnotes": "尾注",
    "word/comments": "批注",
}


@dataclass
class _Table:
    number: int
    columns: Columns = field(default_factory=Columns)
    rows: int = 0
    cells: list[tuple[int, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class _Part:
    """Reads one part from its beginning to its end; a table in a table is read for itself."""

    def __init__(self, part: str, gathering: Gathering) -> None:
        self._part = part
        self._gathering = gathering
        self._open: list[list[str]] = []
        self._tables: list[_Table] = []
        self._seconds = 0
        self._paragraphs = self._counted_tables = 0
        self.has_deleted = self.has_hidden = False

    def see(self, event: str, element: Any) -> None:
        """Take an element as it begins or ends."""
        if element.tag == _SECOND:
            self._seconds += 1 if event == "start" else -1
        elif self._seconds == 0:
            self._begin(element.tag) if event == "start" else self._end(element)
        if event == "end":
            element.clear()

    def _begin(self, tag: str) -> None:
        if tag == _P:
            self._open.append([])
        elif tag == _TBL:
            self._counted_tables += 1
            self._tables.append(_Table(self._counted_tables))
        elif tag == _TR and self._tables:
            self._tables[-1].cells = []

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag in (_T, _DELETED):
            self.has_deleted |= tag == _DELETED
            self._write(element.text or "")
        elif tag in (_TAB, _BREAK):
            self._write("\n")
        elif tag == _VANISH:
            self.has_hidden |= element.get(f"{_MAIN}val") not in ("0", "false")
        elif tag == _P:
            self._end_paragraph("".join(self._open.pop()))
        elif self._tables:
            self._end_of_table(tag, self._tables[-1])

    def _end_of_table(self, tag: str, table: _Table) -> None:
        if tag == _TC:
            table.cells.append((len(table.cells), "\n".join(table.words)))
            table.words = []
        elif tag == _TR:
            self._end_row(table)
        elif tag == _TBL:
            self._tables.pop()

    def _write(self, words: str) -> None:
        if self._open:
            self._open[-1].append(words)

    def _end_paragraph(self, words: str) -> None:
        if self._tables:
            self._tables[-1].words.append(words)
            return
        self._paragraphs += 1
        self._gathering.take(self._part, f"第 {self._paragraphs} 段", words)

    def _end_row(self, table: _Table) -> None:
        table.rows += 1
        words = table.columns.read(table.cells)
        spot = f"第 {table.number} 张表第 {table.rows} 行"
        self._gathering.take(self._part, spot, words)


def read_word_file(package: Package, gathering: Gathering) -> None:
    """Take everything in the document."""
    for start, named in _PARTS.items():
        for name in package.parts(start):
            part = _Part(named, gathering)
            for event, element in package.events(name, *_WANTED, _SECOND, starts=True):
                part.see(event, element)
            if part.has_deleted:
                gathering.hide(f"{named}里有修订中删去的文字，接受修订以前仍在文件里")
            if part.has_hidden:
                gathering.hide(f"{named}里有隐藏文字")
            if named == "批注":
                gathering.hide("有批注")
