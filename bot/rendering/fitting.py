"""Pictures made to fit a platform: upright, in eight bits, opaque, light enough, still legible."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, ImageStat, UnidentifiedImageError

from bot.domain.posts.limits import Limits
from bot.rendering.colours import INK, WHITE

MOST_PIXELS = 40_000_000
WIDEST = 1440
TALLEST = 12_000

_QUALITIES = (88, 78, 66)
_PALETTES = (256, 64)
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
_SHRINKS = 8
_SHRINK = 0.8
_LEGIBLE = 0.67
"""A picture brought below this share of its width had small letters that nobody reads now."""
_FEW_COLOURS = 16_384
"""A diagram has at most so many; a photograph has more. A diagram as PNG with a palette is a
third as heavy as JPEG of quality 78, and its letters have no fringes."""
_BRIGHT = 216
_ORIENTATION = 0x0112


class PictureFault(Exception):
    """A picture cannot be used; `str()` is the reason and the next step in Chinese."""


@dataclass(frozen=True)
class PictureRules:
    """What a platform takes: types, and bytes (0: no limit)."""

    types: tuple[str, ...] = ("image/jpeg", "image/png")
    most_bytes: int = 0

    @classmethod
    def of(cls, limits: Limits) -> "PictureRules":
        return cls(limits.picture_types, limits.picture_bytes)


@dataclass(frozen=True)
class FitPicture:
    """Bytes that a platform takes, and what they show.

    `remark` says in Chinese what a reader may miss of the original; mostly it is empty.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    remark: str = ""


def fit_picture(content: bytes, rules: PictureRules) -> FitPicture:
    """`content` itself when it fits `rules`, else converted and shrunk until it does.

    Raises:
        PictureFault: no picture, too many pixels, damaged, or too large whatever is done.
    """
    with opened(content) as picture:
        if _fits(picture, content, rules):
            return FitPicture(content, _TYPES[picture.format or ""], *picture.size)
        return _converted(picture, rules)


@contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, read; no memory is spent on more pixels than anybody needs.

    Raises:
        PictureFault: no picture, too many pixels, or damaged.
    """
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                size = f"{picture.width}×{picture.height}"
                raise PictureFault(f"图片尺寸 {size} 过大，请缩小或拆成几张")
            picture.load()
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureFault("图片像素过多，请缩小或拆成几张") from bomb
    except UnidentifiedImageError as unknown:
        raise PictureFault("内容不是可识别的图片，请换成 JPG 或 PNG 图片") from unknown
    except (OSError, SyntaxError, ValueError, EOFError) as damage:
        raise PictureFault("图片文件已损坏，请重新导出") from damage


def _fits(picture: Image.Image, content: bytes, rules: PictureRules) -> bool:
    return (
        _TYPES.get(picture.format or "") in rules.types
        and picture.mode in ("RGB", "L", "P")
        and not picture.has_transparency_data
        and not (_is_animated(picture) and picture.format != "GIF")
        and picture.getexif().get(_ORIENTATION, 1) == 1
        and (not rules.most_bytes or len(content) <= rules.most_bytes)
        and picture.width <= WIDEST
        and picture.height <= TALLEST
    )


def _is_animated(picture: Image.Image) -> bool:
    return bool(getattr(picture, "is_animated", False))


def _converted(picture: Image.Image, rules: PictureRules) -> FitPicture:
    moves = _is_animated(picture)
    upright = _opaque(_in_srgb(ImageOps.exif_transpose(picture)))
    is_diagram = picture.format != "JPEG" and upright.getcolors(_FEW_COLOURS) is not None
    # What stood beside the pixels (profile, place, camera) means nothing for the new ones.
    upright.info.clear()
    drawn = upright.copy()
    # Only shrinks: thumbnail() never enlarges.
    drawn.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    for _ in range(_SHRINKS):
        for content, media_type in _encodings(drawn, rules.types, is_diagram=is_diagram):
            if not rules.most_bytes or len(content) <= rules.most_bytes:
                remark = _remark(upright, drawn, moves=moves)
                return FitPicture(content, media_type, *drawn.size, remark)
        smaller = (max(1, round(drawn.width * _SHRINK)), max(1, round(drawn.height * _SHRINK)))
        drawn = upright.resize(smaller, Image.Resampling.LANCZOS)
    raise PictureFault(f"图片压缩后仍超过 {rules.most_bytes // 1024} KB，请缩小或拆成几张")


def _remark(original: Image.Image, drawn: Image.Image, *, moves: bool) -> str:
    if moves:
        return "是动图，平台只收静态图，已取第一帧，请检查是否完整"
    if drawn.width < min(original.width, WIDEST) * _LEGIBLE:
        before, after = (f"{each.width}×{each.height}" for each in (original, drawn))
        return f"从 {before} 缩小到 {after}，文字可能看不清，请检查，必要时拆成几张"
    return ""


def _in_srgb(picture: Image.Image) -> Image.Image:
    """In eight bits a channel, with the colours its own profile means."""
    picture = _in_eight_bits(picture)
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            return (
                ImageCms.profileToProfile(
                    picture,
                    ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                    ImageCms.createProfile("sRGB"),
                    outputMode="RGB",
                )
                or picture
            )
        except (ImageCms.PyCMSError, OSError):
            # A broken profile says nothing; the numbers are taken as they are.
            return picture
    return picture


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Pillow cuts deeper channels off at 255, which leaves nothing but white."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    deep = picture.convert("F")
    _, high = deep.getextrema()
    top = max(float(high), 65535.0 if picture.mode.startswith("I") else 1.0)  # type: ignore[arg-type]
    return deep.point(lambda value: value * (255 / top) + 0.5).convert("L")


def _opaque(picture: Image.Image) -> Image.Image:
    """On a ground of its own, for readers in the dark would see dark letters on black."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    alpha = layered.getchannel("A")
    seen = ImageStat.Stat(layered.convert("L"), mask=alpha.point(lambda value: value and 255))
    is_bright = bool(seen.count[0]) and seen.mean[0] > _BRIGHT
    ground = Image.new("RGB", layered.size, INK if is_bright else WHITE)
    ground.paste(layered, mask=alpha)
    return ground


def _encodings(
    picture: Image.Image, types: tuple[str, ...], *, is_diagram: bool
) -> Iterator[tuple[bytes, str]]:
    """Best first: diagrams as PNG, whole and then with a palette; photographs as JPEG."""
    if "image/png" in types and (is_diagram or "image/jpeg" not in types):
        yield _encoded(picture, "PNG"), "image/png"
        for colours in _PALETTES:
            few = picture.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            yield _encoded(few, "PNG"), "image/png"
    if "image/jpeg" in types:
        for quality in _QUALITIES:
            yield _encoded(picture, "JPEG", quality=quality), "image/jpeg"


def _encoded(picture: Image.Image, form: str, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
