"""Files that belong to a document: which kinds may be handed in, told by their content."""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.document import Attachment
from bot.domain.releases.pictures import picture_type

LONGEST_NAME = 120
SHORT_KEY = 16
"""Signs of a hash that lead to a file in public: a short post has no room for all of them."""

MOST_ATTACHMENTS = 20
RUNNABLE = frozenset(
    ["exe", "bat", "cmd", "com", "scr", "pif", "msi", "dll", "js", "jse", "vbs", "vbe", "wsf"]
) | frozenset(["hta", "ps1", "lnk", "jar", "reg", "apk"])
"""Endings of programs: an archive that holds one is not handed out to the public."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
"""The name under which an old Word or Excel file keeps its macros (MS-OVBA 2.3.4.1)."""
_PACKED_IN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_PACKED_IN |= {"pptx": "ppt/presentation.xml", "ofd": "OFD.xml"}
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class FileKind:
    """A kind of file by its ending: what staff call it, and how its content is known."""

    name: str
    media_type: str
    fits: Callable[[bytes], bool]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    return any(_decodes(content, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _packed(ending: str, content: bytes) -> bool:
    return _PACKED_IN[ending] in members(content)


def _is_picture(media_type: str, content: bytes) -> bool:
    return picture_type(content) == media_type


KINDS: Mapping[str, FileKind] = {
    "pdf": FileKind("PDF", "application/pdf", _begins(b"%PDF-")),
    "docx": FileKind("Word", f"{_OFFICE}.wordprocessingml.document", partial(_packed, "docx")),
    "xlsx": FileKind("Excel", f"{_OFFICE}.spreadsheetml.sheet", partial(_packed, "xlsx")),
    "pptx": FileKind("PPT", f"{_OFFICE}.presentationml.presentation", partial(_packed, "pptx")),
    "ofd": FileKind("OFD", "application/ofd", partial(_packed, "ofd")),
    "doc": FileKind("Word", "application/msword", _begins(_OLE)),
    "xls": FileKind("Excel", "application/vnd.ms-excel", _begins(_OLE)),
    "ppt": FileKind("PPT", "application/vnd.ms-powerpoint", _begins(_OLE)),
    "wps": FileKind("WPS 文字", "application/vnd.ms-works", _begins(_OLE)),
    "et": FileKind("WPS 表格", "application/octet-stream", _begins(_OLE)),
    "zip": FileKind("ZIP", "application/zip", lambda content: bool(members(content))),
    "rar": FileKind("RAR", "application/vnd.rar", _begins(b"Rar!\x1a\x07")),
    "7z": FileKind("7Z", "application/x-7z-compressed", _begins(b"7z\xbc\xaf\x27\x1c")),
    "txt": FileKind("文本", "text/plain", _is_text),
    "csv": FileKind("CSV", "text/csv", _is_text),
    "jpg": FileKind("图片", "image/jpeg", partial(_is_picture, "image/jpeg")),
    "jpeg": FileKind("图片", "image/jpeg", partial(_is_picture, "image/jpeg")),
    "png": FileKind("图片", "image/png", partial(_is_picture, "image/png")),
}
ENDINGS = "、".join(KINDS)


def members(content: bytes) -> frozenset[str]:
    """The names in a ZIP archive; none of what is no archive. Nothing is unpacked."""
    if not content.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return frozenset()


def kind_of(name: str) -> FileKind | None:
    """The kind that a file's ending names; None for others."""
    return KINDS.get(name.rpartition(".")[2].lower()) if "." in name else None


def attachment_of(name: str, content: bytes, *, sha256: str, field: str) -> Attachment:
    """The file as an attachment that is kept with us.

    Raises:
        InvalidInput: at `field`: it is of no kind that may be handed in, is not what its ending
            says, or brings macros or programs along.
    """
    plain = _plain(name)
    if wrong := _wrong(plain, content):
        raise InvalidInput([Problem(field, wrong)])
    return Attachment(plain, "", sha256, size=len(content))


def _wrong(name: str, content: bytes) -> str:
    kind = kind_of(name)
    if kind is None:
        return f"“{name}”不是可以公开的附件格式，请换成 {ENDINGS} 中的一种"
    if not kind.fits(content):
        return f"“{name}”的内容不是 {kind.name} 文件，可能改过后缀或没有传完，请核对后重新上传"
    inside = members(content)
    if _has_macros(content, inside):
        return f"“{name}”里有宏，读者打开时有风险，请另存为不含宏的文件后上传"
    if any(each.rpartition(".")[2].lower() in RUNNABLE for each in inside):
        return f"“{name}”里有可以运行的程序，不能公开，请去掉后重新压缩上传"
    return ""


def _has_macros(content: bytes, inside: frozenset[str]) -> bool:
    if content.startswith(_OLE):
        return _OLE_MACROS in content
    return any(each.lower().endswith("vbaproject.bin") for each in inside)


def _plain(name: str) -> str:
    """The name without folders and without signs that cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"


def added(there: Iterable[Attachment], new: Attachment) -> tuple[Attachment, ...]:
    """`there` with one more; a file of the same name takes the place of the former.

    Raises:
        InvalidInput: there are as many as one document may have.
    """
    kept = list(there)
    for place, each in enumerate(kept):
        if each.is_kept and each.name == new.name:
            return (*kept[:place], new, *kept[place + 1 :])
    if len(kept) >= MOST_ATTACHMENTS:
        words = f"一份政策最多 {MOST_ATTACHMENTS} 个附件，请把相近的压缩在一起"
        raise InvalidInput([Problem("attachment", words)])
    return (*kept, new)


def carried_on(
    former: tuple[Attachment, ...], new: tuple[Attachment, ...]
) -> tuple[Attachment, ...]:
    """The attachments of a document's next text: the files that are kept with us stay unless the
    new text brings one of the same name; the linked ones are those of the new text, if it links
    any."""
    links = tuple(each for each in new if not each.is_kept)
    linked = links or tuple(each for each in former if not each.is_kept)
    files = tuple(each for each in former if each.is_kept)
    for each in new:
        if each.is_kept:
            files = added(files, each)
    return (*linked, *files)


def with_addresses(
    attachments: Iterable[Attachment], address: Callable[[str], str]
) -> tuple[Attachment, ...]:
    """The same, those that are kept with us at the address that the beginning of their hash has."""
    return tuple(
        replace(each, url=address(each.sha256[:SHORT_KEY]))
        if each.is_kept and each.sha256
        else each
        for each in attachments
    )
