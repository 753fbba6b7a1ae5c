"""The pictures of an input on its page: those it brought, and those that are put in."""

from collections.abc import Mapping, Sequence

from bot.console.forms import Upload
from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.document import Document, Heading, Image, PictureRights
from bot.domain.releases.pictures import AddedPicture, PictureRecord, picture_type
from bot.ports.media import MediaStore

LARGEST_PICTURE = 10 * 1024 * 1024
"""Bytes; what WeChat takes as a picture of an article (uploadimg and material, png and jpg)."""

MOST_ADDED = 20
ALL = "pictures"
"""Begins the fields that hold for every picture of which nothing else is said."""


def own_records(images: Sequence[Image], answers: Mapping[str, str]) -> list[PictureRecord]:
    """What is said of the pictures the input brought, in their order."""
    return [_record(f"picture-{n}", answers, image) for n, image in enumerate(images, start=1)]


def added_pictures(answers: Mapping[str, str]) -> list[AddedPicture]:
    """The pictures that were put in, in the order they came."""
    found: list[AddedPicture] = []
    for number in range(1, MOST_ADDED + 1):
        name = f"added-{number}"
        if answers.get(name) and not answers.get(f"{name}-out"):
            place = answers.get(f"{name}-place", "0")
            following = int(place) if place.isdecimal() and len(place) < 7 else 0
            found.append(AddedPicture(answers[name], following, _record(name, answers)))
    return found


def put_in(upload: Upload | None, answers: Mapping[str, str], media: MediaStore) -> dict[str, str]:
    """`answers` with one more picture, its bytes kept.

    Raises:
        InvalidInput: no picture, one that browsers do not show, too large, or one too many.
    """
    if upload is None:
        raise InvalidInput([Problem("new_picture", "请先选择一张图片")])
    if picture_type(upload.content) is None:
        words = f"“{upload.name}”不是 JPG、PNG、GIF 或 WebP 图片，请换一张或另存后再上传"
        raise InvalidInput([Problem("new_picture", words)])
    if len(upload.content) > LARGEST_PICTURE:
        words = f"“{upload.name}”超过 {LARGEST_PICTURE // 1048576} MB，请压缩后再上传"
        raise InvalidInput([Problem("new_picture", words)])
    free = (n for n in range(1, MOST_ADDED + 1) if not answers.get(f"added-{n}"))
    number = next(free, None)
    if number is None:
        raise InvalidInput([Problem("new_picture", f"一次最多加入 {MOST_ADDED} 张图片")])
    return dict(answers) | {f"added-{number}": media.put(upload.content)}


def places(document: Document) -> list[tuple[int, str]]:
    """Where a picture can be put: how many blocks follow it, and the place in words. Counted from
    the end, since a repeated title at the head is taken off later."""
    length = len(document.blocks)
    headings = [
        (length - place, f"在“{block.text[:20]}”之前")
        for place, block in enumerate(document.blocks)
        if isinstance(block, Heading) and place
    ]
    return [(0, "正文最后"), (length, "正文最前"), *headings]


def _record(name: str, answers: Mapping[str, str], image: Image | None = None) -> PictureRecord:
    def said(part: str, first: str) -> str:
        return answers.get(f"{name}-{part}", first).strip()

    credit = said("credit", image.credit if image else "") or answers.get(f"{ALL}-credit", "")
    rights = said("rights", "") or answers.get(f"{ALL}-rights", "")
    made = image.ai_generated if image else False
    return PictureRecord(
        name,
        credit.strip(),
        PictureRights(rights) if rights in set(PictureRights) else None,
        said("alt", image.alt if image else ""),
        made or bool(answers.get(f"{name}-ai")),
    )
