"""Whose the pictures of a release are, and by what right they are shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import Problem
from bot.domain.releases.document import Block, Document, Image, PictureRights

_NOBODY = re.compile(r"^\W*((图片|图)?(来源|来自|源)?(于|自)?\W*)(互联网|网络|网图|百度|网上)\W*$")
_BEGINNINGS: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


@dataclass(frozen=True)
class PictureRecord:
    """What a person says of a picture; `name` begins the fields it is told in."""

    name: str
    credit: str = ""
    rights: PictureRights | None = None
    alt: str = ""
    ai_generated: bool = False


@dataclass(frozen=True)
class AddedPicture:
    """A stored picture to be put into the text, `following` blocks before its end."""

    sha256: str
    following: int
    record: PictureRecord


def picture_type(content: bytes) -> str | None:
    """The type of a picture that browsers show and that cannot carry script; None for others."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), None)


def names_nobody(credit: str) -> bool:
    """Whether a credit only says that the picture comes from the net."""
    return _NOBODY.search(credit) is not None


def illustrated(
    document: Document, records: Sequence[PictureRecord], added: Sequence[AddedPicture] = ()
) -> Document:
    """`document` with what was said of its pictures, one record each in their order, and with
    the added ones at their places."""
    told = iter(records)
    blocks = [
        _told(block, told) if isinstance(block, Image) else block for block in document.blocks
    ]
    length = len(blocks)
    for picture in sorted(added, key=lambda each: each.following):
        place = max(0, length - picture.following)
        blocks.insert(place, _with(Image("", sha256=picture.sha256), picture.record))
    return Document(tuple(blocks))


def record_problems(records: Sequence[PictureRecord]) -> list[Problem]:
    """What has to be told of a picture before it may be published (著作权法)."""
    return [problem for record in records for problem in _missing(record)]


def _missing(record: PictureRecord) -> Iterator[Problem]:
    if not record.credit.strip():
        yield Problem(f"{record.name}-credit", "请写明图片的作者或出处")
    elif names_nobody(record.credit):
        words = f"图片来源不能只写“{record.credit.strip()}”，请写明作者或出处，并确认有权使用"
        yield Problem(f"{record.name}-credit", words)
    if record.rights is None:
        yield Problem(f"{record.name}-rights", "请选择凭什么使用这张图片；无权使用的请换一张")


def _told(image: Image, records: Iterator[PictureRecord]) -> Block:
    record = next(records, None)
    return image if record is None else _with(image, record)


def _with(image: Image, record: PictureRecord) -> Image:
    return replace(
        image,
        credit=record.credit.strip(),
        rights=record.rights,
        alt=record.alt.strip(),
        ai_generated=record.ai_generated,
    )
