"""The covers of articles: a picture of the release where it is good enough, else a drawn one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.posts.draft import CoverShape, Crop, Picture
from bot.rendering.commission import Commission
from bot.rendering.covers import BOXES, Cover, draw_cover
from bot.rendering.fitting import PictureFault
from bot.rendering.lettering import missing_characters
from bot.rendering.manifest import CoverPolicy
from bot.rendering.subjects import Subject, signed_by


@dataclass(frozen=True)
class Front:
    """A cover, if the platform wants one, and the parts of it that are shown."""

    picture: Picture | None = None
    crops: tuple[Crop, ...] = ()


def cover_of(commission: Commission, subject: Subject, *, part: str = "", words: str = "") -> Front:
    """The cover of an article about `subject`; `part` is which of several articles, like 1/3.
    With `words` of a person it is drawn, and says them."""
    if not commission.limits.cover_bytes:
        return Front()
    wanted = commission.account.options.get("cover", commission.manifest.cover.source)
    own = _own(commission, subject) if wanted == "own" and not words else None
    if own is not None:
        return Front(own, crops_of(own, _shapes(commission)))
    return _drawn(commission, subject, part, words)


def crops_of(picture: Picture, shapes: Sequence[CoverShape]) -> tuple[Crop, ...]:
    """The largest part of every shape: from the top of a tall picture, where its title stands,
    from the middle of a wide one."""
    return tuple(_crop(picture, shape) for shape in shapes)


def _crop(picture: Picture, shape: CoverShape) -> Crop:
    width = min(picture.width, round(picture.height * shape.ratio))
    height = min(picture.height, round(picture.width / shape.ratio))
    left = (picture.width - width) // 2
    top = 0 if picture.height > picture.width else (picture.height - height) // 2
    return Crop(shape, left, top, left + width, top + height)


def _own(commission: Commission, subject: Subject) -> Picture | None:
    for image in subject.body.images:
        try:
            picture = commission.desk.prepare(image, commission.library_rules).picture
        except PictureFault:
            # Its own place in the article says what is wrong with it.
            continue
        if _is_good(picture, commission.manifest.cover):
            return picture
    return None


def _is_good(picture: Picture, policy: CoverPolicy) -> bool:
    return (
        picture.width >= policy.least_width
        and picture.height >= policy.least_height
        and policy.narrowest <= picture.width / picture.height <= policy.widest
    )


def _drawn(commission: Commission, subject: Subject, part: str, words: str) -> Front:
    if missing := missing_characters(words):
        commission.remarks.note(
            f"封面文字中的“{missing}”在现有字体里没有，封面只写“{subject.label}”；"
            "需要时请管理员在服务器上安装含有这些字的字体"
        )
    cover = Cover(
        words=words,
        issuer=signed_by(commission.content, subject),
        label=subject.label,
        colour=commission.theme,
        number=commission.content.document_number or "",
        part=part,
    )
    shapes = [shape for shape in _shapes(commission) if shape in BOXES]
    content = draw_cover(
        cover,
        most_bytes=commission.limits.cover_bytes,
        split_words=commission.split_words,
        with_square=CoverShape.SQUARE in shapes,
    )
    crops = tuple(Crop(shape, *BOXES[shape]) for shape in shapes)
    return Front(commission.desk.keep(content), crops)


def _shapes(commission: Commission) -> tuple[CoverShape, ...]:
    """Articles are shown wide or square; only picture messages as on a screen."""
    shapes = commission.limits.cover_shapes
    return tuple(shape for shape in shapes if shape is not CoverShape.SCREEN)
