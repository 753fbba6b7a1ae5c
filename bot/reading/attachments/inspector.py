"""Looks into one attachment: by its content it is read as what it is, whatever its ending says."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from lxml import etree

from bot.domain.releases.inspection import Inspection
from bot.domain.releases.pictures import picture_type
from bot.reading.attachments.gathering import Allowance, Exhausted, Gathering, NotReadable
from bot.reading.attachments.old_office import OLE, read_old_office
from bot.reading.attachments.packages import IS_LOCKED, Package, Unsafe
from bot.reading.attachments.pdf_files import read_pdf
from bot.reading.attachments.plain_files import decoded, read_plain
from bot.reading.attachments.slides import read_ofd, read_slides
from bot.reading.attachments.spreadsheets import read_spreadsheet
from bot.reading.attachments.word_files import read_word_file

NOTHING_READ = "没有能读取的内容，请人工查看"
MOST_PARTS = 5000
DEEPEST = 3
_UTF8_NAME = 0x800
_PACKED_OTHERWISE = (b"Rar!", b"7z\xbc\xaf")
_PACKED: Mapping[str, Callable[[Package, Gathering], None]] = {
    "word/document.xml": read_word_file,
    "xl/workbook.xml": read_spreadsheet,
    "ppt/presentation.xml": read_slides,
    "OFD.xml": read_ofd,
}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What files that are not as their format says make the readers raise."""


def inspect(content: bytes, allowance: Allowance | None = None) -> Inspection:
    """What is found in the file; nothing of it is run, unpacked to a disk or fetched."""
    gathering = Gathering(allowance)
    try:
        _read(content, gathering, depth=0)
    except Exhausted as over:
        gathering.leave(str(over))
    except MemoryError:
        gathering.leave("内容太多，只检查了前面一部分，其余请人工查看")
    found = gathering.inspection()
    if gathering.is_empty and not found.unread:
        return Inspection(unread=(NOTHING_READ,))
    return found


def _read(content: bytes, gathering: Gathering, *, depth: int) -> None:
    try:
        if content.startswith(b"%PDF-"):
            read_pdf(content, gathering)
        elif content.startswith(OLE):
            read_old_office(content, gathering)
        elif content.startswith(b"PK\x03\x04"):
            _read_packed(content, gathering, depth=depth)
        elif content.startswith(_PACKED_OTHERWISE):
            raise NotReadable("是不能检查的压缩格式")
        elif picture_type(content):
            raise NotReadable("是图片")
        elif (text := decoded(content)) is not None:
            read_plain(text, gathering)
        else:
            raise NotReadable("不是能检查的格式")
    except NotReadable as why:
        gathering.leave(f"{why}，{NOTHING_READ}")
    except Unsafe:
        gathering.leave("含有办公软件不会写的声明，为安全起见没有读取，请人工查看")
    except _BROKEN:
        gathering.leave("已损坏或格式不完整，没有全部检查，请人工查看")


def _read_packed(content: bytes, gathering: Gathering, *, depth: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MOST_PARTS:
            gathering.leave(f"里面的文件超过 {MOST_PARTS} 个，没有检查，请人工查看")
            return
        package = Package(archive, gathering.allowance)
        for name, read in _PACKED.items():
            if name in package.names:
                read(package, gathering)
                _read_embedded(package, gathering, depth=depth)
                return
        for member in members:
            _read_member(member, package, gathering, depth=depth)


def _read_embedded(package: Package, gathering: Gathering, *, depth: int) -> None:
    """Files that stand inside a document: a workbook behind a chart, an object."""
    for name in package.matching(lambda each: "/embeddings/" in each):
        if depth >= DEEPEST:
            gathering.leave("嵌入的文件层数太多，没有检查，请人工查看")
            return
        with gathering.within("嵌入的文件"):
            _read(package.content(name), gathering, depth=depth + 1)


def _read_member(
    member: zipfile.ZipInfo, package: Package, gathering: Gathering, *, depth: int
) -> None:
    if member.is_dir():
        return
    name = _shown_name(member)
    gathering.take("文件名", name, name)
    with gathering.within(name):
        if member.flag_bits & IS_LOCKED:
            gathering.leave(f"设了密码，{NOTHING_READ}")
        elif depth >= DEEPEST:
            gathering.leave("压缩包层数太多，没有检查，请人工查看")
        else:
            _read(package.content(member.filename), gathering, depth=depth + 1)


def _shown_name(member: zipfile.ZipInfo) -> str:
    """Windows in China writes names in GB 18030 without saying so."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
