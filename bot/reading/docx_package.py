"""Whether the bytes of a Word file are safe to open: a whole, unlocked package of sane size."""

import io
import zipfile
import zlib
from typing import NoReturn

from bot.domain.errors import InvalidInput, Problem

LARGEST_XML = 16 * 1024 * 1024
"""Bytes of all XML parts, unpacked. A text of 100,000 characters has about four million."""

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of .doc files, and of .docx files that are locked by a password ([MS-CFB])."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_MAIN_PART = "word/document.xml"
_IS_LOCKED = 0x1


def open_package(content: bytes) -> bytes:
    """The main part of the Word file `content`, after every part of it was found harmless.

    Raises:
        InvalidInput: it is an old .doc file, locked, damaged, no Word file, or unpacks to more
            than any document needs; the sentence says what to do.
    """
    if content.startswith(_OLE):
        locked = _ENCRYPTED in content
        _refuse_locked() if locked else _refuse(
            "是旧的 .doc 格式（只是改了后缀），请用 Word 或 WPS 打开后另存为 .docx"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_sizes(package.infolist())
            _check_declarations(package)
            return package.read(_MAIN_PART)
    except KeyError as error:
        raise _refusal("不是 Word 文档，请提交 Word 或 WPS 保存的 .docx 文件") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise _refusal("已损坏或没有传完，请用 Word 或 WPS 打开确认后重新保存并提交") from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & _IS_LOCKED for part in parts):
        _refuse_locked()
    xml = sum(part.file_size for part in parts if _is_xml(part))
    whole = sum(part.file_size for part in parts)
    if xml > LARGEST_XML or whole > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        _refuse("解压后过大，不像正常的文档，请拆分或删去多余内容后重新提交")


def _check_declarations(package: zipfile.ZipFile) -> None:
    """Word writes no document type; one could make a few bytes expand without end."""
    for part in package.infolist():
        if _is_xml(part):
            content = package.read(part)
            if any(declaration in content for declaration in _DECLARATIONS):
                _refuse("含有 Word 不会写的声明，为安全起见没有读取，请用 Word 或 WPS 重新保存")


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))


def _refuse_locked() -> NoReturn:
    _refuse("设了打开密码，请在 Word 或 WPS 中取消密码后重新提交")


def _refuse(message: str) -> NoReturn:
    raise _refusal(message)


def _refusal(message: str) -> InvalidInput:
    return InvalidInput([Problem("文件", f"Word 文件{message}")])
