"""From the bytes of a file to text, without ever guessing wrong in silence."""

import codecs
from typing import NoReturn

from bot.domain.errors import InvalidInput, Problem
from bot.reading.notes import Notes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEAST_CHINESE = 0.9
"""Of the non-ASCII characters of a Chinese text read rightly as GB 18030."""


def decode(content: bytes, notes: Notes) -> str:
    """`content` as text: by its BOM, as UTF-8, or as GB 18030 when that gives plausible Chinese.

    Raises:
        InvalidInput: none of these reads it without doubt.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _strictly(content, name) or _refuse()
    text = _strictly(content, "utf-8")
    if text is not None:
        return text
    text = _strictly(content, "gb18030")
    if text is None or not _is_plausible(text):
        _refuse()
    notes.find("encoding", "文件不是 UTF-8 编码，已按 GB 18030（GBK）读取", "文件")
    return text


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_plausible(text: str) -> bool:
    """Chinese and its punctuation, in the ranges GB 2312 covers, make up the non-ASCII text."""
    foreign = [c for c in text if ord(c) > 0x7F]
    usual = sum(_is_usual(c) for c in foreign)
    return bool(foreign) and usual >= LEAST_CHINESE * len(foreign)


def _is_usual(character: str) -> bool:
    if not ("\u4e00" <= character <= "\u9fff"):
        return character in "　、。〈〉《》「」『』【】〔〕“”‘’—…·○●①②③④⑤⑥⑦⑧⑨⑩％℃×" or (
            "\uff01" <= character <= "\uff5e"
        )
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _refuse() -> NoReturn:
    raise InvalidInput([Problem("文件", "文字编码无法确认，请用编辑器另存为 UTF-8 编码后重新提交")])
