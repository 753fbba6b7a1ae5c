"""Release files: JSON, Markdown, HTML, Word and plain text, by their suffix."""

import json
from pathlib import Path
from typing import NoReturn

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.release import ReleaseReading
from bot.reading.docx_file import Keep, read_docx
from bot.reading.encodings import decode
from bot.reading.front_matter import split_front_matter
from bot.reading.html_page import read_page
from bot.reading.json_shape import read_release
from bot.reading.metadata import payload_of
from bot.reading.notes import Notes
from bot.reading.page_release import read_page_release

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes. The longest regulations are below one megabyte; larger files carry pictures inline."""

SUFFIXES = frozenset({".json", ".md", ".markdown", ".txt", ".html", ".htm", ".docx"})
_SHOWN_SUFFIXES = (".docx", ".md", ".html", ".txt", ".json")
_SAVE_AS_DOCX = frozenset({".doc", ".wps", ".wpt", ".rtf", ".odt"})


def read_release_file(
    path: Path, keep: Keep, *, largest: int = LARGEST_FILE, default_issuing_body: str = ""
) -> ReleaseReading:
    """The release in a file; its name without suffix is its key unless the file has its own.

    `keep` stores the pictures that a Word file brings along.

    Raises:
        InvalidInput: it cannot be read, is too large, of an unknown kind, or not a release.
    """
    suffix = path.suffix.lower()
    require_known(suffix)
    notes, content = Notes(), _content(path, largest)
    if suffix == ".docx":
        return read_docx(
            content,
            notes,
            keep,
            default_key=path.stem,
            default_issuing_body=default_issuing_body,
        )
    return _read_text_file(path, decode(content, notes), notes, default_issuing_body)


def require_known(suffix: str, known: frozenset[str] = SUFFIXES) -> None:
    """Go on only with a kind of file that is read.

    Raises:
        InvalidInput: saying which kinds are.
    """
    if suffix in _SAVE_AS_DOCX:
        _refuse(f"不支持 {suffix} 文件，请用 Word 或 WPS 打开后另存为 .docx 再提交")
    if suffix not in known:
        kinds = "、".join(kind for kind in _SHOWN_SUFFIXES if kind in known)
        _refuse(f"不支持 {suffix or '没有后缀的'} 文件，请提交 {kinds} 文件")


def _read_text_file(
    path: Path, text: str, notes: Notes, default_issuing_body: str
) -> ReleaseReading:
    suffix = path.suffix.lower()
    if suffix == ".json":
        return read_release(
            _json_object(text),
            default_key=path.stem,
            default_issuing_body=default_issuing_body,
            notes=notes,
        )
    if suffix in (".html", ".htm"):
        return read_page_release(
            read_page(notes.clean(text)),
            notes,
            default_key=path.stem,
            default_issuing_body=default_issuing_body,
        )
    payload = marked_payload(text, notes, is_markdown=suffix != ".txt")
    return read_release(
        payload, default_key=path.stem, default_issuing_body=default_issuing_body, notes=notes
    )


def marked_payload(text: str, notes: Notes, *, is_markdown: bool) -> dict[str, object]:
    """Markdown or plain text with its metadata block at the head, in the JSON shape."""
    marked = split_front_matter(text)
    notes.problems.extend(marked.problems)
    payload = payload_of(marked.metadata)
    if "title" not in payload and (title := _first_heading(marked.body)):
        payload["title"] = title
        notes.find("title_from_body", "元数据里没有标题，已取正文的第一个标题", "title")
    payload["body_markdown" if is_markdown else "body"] = marked.body
    return payload


def _content(path: Path, largest: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > largest:
            _refuse(
                f"文件有 {size / 1048576:.1f} MB，最大 {largest / 1048576:.0f} MB，请压缩图片或拆分"
            )
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        _refuse(f"无法读取文件 {path.name}（{error.strerror}），请检查文件是否存在、是否有权限")
    if not content.strip():
        _refuse(f"文件 {path.name} 是空的，请检查是否上传完整")
    return content


def _json_object(text: str) -> dict[str, object]:
    try:
        payload = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"（第 {error.lineno} 行）" if isinstance(error, json.JSONDecodeError) else ""
        _refuse(f"不是正确的 JSON{where}，请检查是否完整、引号和逗号是否正确")
    if not isinstance(payload, dict):
        _refuse("JSON 文件的最外层应当是一个对象（一份文件），请按接口说明改正")
    return payload


def _first_heading(body: str) -> str | None:
    for line in body.split("\n"):
        if line.strip():
            return line.lstrip("# ").strip() if line.startswith("# ") else None
    return None


def _refuse(message: str) -> NoReturn:
    raise InvalidInput([Problem("文件", message)])
