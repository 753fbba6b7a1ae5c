"""What a person hands in – a file, a paste, typed text – read twice: to be shown, and to be judged.

Reading is repeatable, so that nothing but the input and the person's corrections has to be kept
between the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import NoReturn

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.document import Document
from bot.domain.releases.release import ReleaseReading
from bot.ports.reading import InputForm, InterpretationReading, RawInput, Recognised
from bot.reading.belongings import read_interpretation
from bot.reading.bodies import ReadBody, read_markdown_or_text
from bot.reading.docx_file import Keep, docx_page, tidy
from bot.reading.encodings import decode
from bot.reading.fields import Fields
from bot.reading.files import LARGEST_FILE, require_known
from bot.reading.front_matter import split_front_matter
from bot.reading.html_body import read_body
from bot.reading.html_page import HtmlPage, read_page
from bot.reading.interpretation_kinds import kind_named
from bot.reading.json_shape import read_release
from bot.reading.names import FIELD_NAMES
from bot.reading.notes import Notes
from bot.reading.official_layout import fields_in, without_letterhead
from bot.reading.pasted import read_pasted
from bot.reading.signatures import with_signatures_right
from bot.reading.tidy_text import read_text

SUFFIXES = frozenset({".docx", ".md", ".markdown", ".html", ".htm", ".txt"})
_KINDS_BY_CONTENT = {
    b"PK\x03\x04": "Word 文档或压缩包",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "旧的 Office 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class _Opened:
    """An input taken apart: its own metadata, and its body, read when links can be made whole."""

    fields: Mapping[str, str]
    body: Callable[[Notes], Document]


def recognise(raw: RawInput, keep: Keep) -> Recognised:
    """What an input says of itself; written metadata counts before the layout.

    Raises:
        InvalidInput: it cannot be read, or holds no text.
    """
    notes = Notes()
    opened = _open(raw, notes, keep)
    notes.base_url = notes.web_address(opened.fields.get("url", "")) or ""
    body = opened.body(notes)
    if notes.problems:
        raise InvalidInput(notes.problems)
    if not body.blocks:
        _refuse("没有读到文字，请检查内容是否完整")
    fields = fields_in(body) | dict(opened.fields)
    fields["kind"] = kind_named(None, fields.get("title", ""), Notes()).value
    return Recognised(fields, body, notes.all_findings())


def read_input(raw: RawInput, fields: Mapping[str, object], keep: Keep) -> ReleaseReading:
    """The input as a release with the fields a person confirmed, judged like every other.

    Raises:
        InvalidInput: with every problem found.
    """
    notes = Notes()
    return read_release(fields, notes=notes, read_body=_body_of(_open(raw, notes, keep)))


def read_interpretation_input(
    raw: RawInput, fields: Mapping[str, object], keep: Keep
) -> InterpretationReading:
    """The input as an interpretation with the fields a person confirmed.

    Raises:
        InvalidInput: with every problem found.
    """
    notes = Notes()
    body = _body_of(_open(raw, notes, keep))
    read = read_interpretation(Fields(fields, notes), notes, body)
    if read is None or notes.problems:
        raise InvalidInput(list(dict.fromkeys(notes.problems)))
    return InterpretationReading(read, notes.all_findings())


def _body_of(opened: _Opened) -> ReadBody:
    def read(_fields: Fields, notes: Notes) -> Document | None:
        body = opened.body(notes)
        return body if body.blocks else None

    return read


def _open(raw: RawInput, notes: Notes, keep: Keep) -> _Opened:
    if len(raw.content) > LARGEST_FILE:
        _refuse(f"内容超过 {LARGEST_FILE // 1048576} MB，请压缩图片或拆分")
    if not raw.content.strip():
        _refuse("是空的，请检查是否上传完整")
    if raw.form is InputForm.PASTE:
        return _of_page(read_pasted(decode(raw.content, notes), notes, keep))
    if raw.form is InputForm.TEXT:
        return _of_text(decode(raw.content, notes), ".txt")
    suffix = PurePath(raw.name).suffix.lower()
    require_known(suffix, SUFFIXES)
    if suffix == ".docx":
        return _of_page(docx_page(raw.content, notes, keep))
    _require_text(raw.content, suffix)
    text = decode(raw.content, notes)
    if suffix in (".html", ".htm"):
        return _of_page(read_page(notes.clean(text)))
    return _of_text(text, suffix)


def _require_text(content: bytes, suffix: str) -> None:
    """By its content, whatever its name says."""
    told = next((kind for sign, kind in _KINDS_BY_CONTENT.items() if content.startswith(sign)), "")
    if not told and b"\0" in content and not content.startswith(_UTF16):
        told = "程序或数据文件"
    if told:
        _refuse(f"的名称以 {suffix} 结尾，内容却是{told}，请核对后重新选择")


def _of_page(page: HtmlPage) -> _Opened:
    fields = {
        FIELD_NAMES[name]: said for name, said in page.metadata.items() if name in FIELD_NAMES
    }
    return _Opened(
        fields, lambda notes: without_letterhead(tidy(read_body(page.body, notes), notes), notes)
    )


def _of_text(text: str, suffix: str) -> _Opened:
    marked = split_front_matter(text)

    def body(notes: Notes) -> Document:
        notes.problems.extend(marked.problems)
        if suffix == ".txt":
            read = with_signatures_right(read_text(marked.body, notes))
        else:
            read = read_markdown_or_text(marked.body, notes)
        return without_letterhead(read, notes)

    return _Opened(marked.metadata, body)


def _refuse(message: str) -> NoReturn:
    raise InvalidInput([Problem("文件", f"提交的内容{message}")])
