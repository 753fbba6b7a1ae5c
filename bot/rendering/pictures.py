"""Pictures as a platform takes them: fetched, checked, converted and shrunk with Pillow."""

import io
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from bot.domain.errors import NotFound
from bot.domain.posts.draft import Picture
from bot.domain.posts.limits import Limits
from bot.domain.releases.document import Image
from bot.ports.fetching import Fetcher, FetchError
from bot.ports.media import MediaStore

FETCH_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDEST = 1440
TALLEST = 12_000
_QUALITIES = (88, 78, 66, 54)
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
_REMEMBERED = 512


class PictureFault(Exception):
    """A picture cannot be used; `str()` is the reason in Chinese."""


@dataclass(frozen=True)
class PictureRules:
    """What a platform takes: types, and bytes (0: no limit)."""

    types: tuple[str, ...] = ("image/jpeg", "image/png")
    most_bytes: int = 0

    @classmethod
    def of(cls, limits: Limits) -> "PictureRules":
        return cls(limits.picture_types, limits.picture_bytes)


class PictureDesk:
    """Brings the pictures of documents into the media store in a form the platform takes.

    What was prepared once is remembered by its address, so that drawing again costs nothing.
    """

    def __init__(self, media: MediaStore, fetcher: Fetcher) -> None:
        self._media = media
        self._fetcher = fetcher
        self._ready: OrderedDict[tuple[str, PictureRules], Picture] = OrderedDict()
        self._lock = threading.Lock()

    def prepare(self, image: Image, rules: PictureRules) -> Picture:
        """The stored picture of `image`, fit for `rules`.

        Raises:
            PictureFault: it could not be had, is no picture, or cannot be made to fit.
        """
        key = (image.sha256 or image.url, rules)
        with self._lock:
            known = self._ready.get(key)
        if known is None:
            known = self._store(fit_picture(self._bytes_of(image), rules))
            self._remember(key, known)
        return replace(known, alt=image.alt or image.caption, credit=image.credit)

    def keep(self, content: bytes) -> Picture:
        """Store a picture drawn by us."""
        with Pillow.open(io.BytesIO(content)) as picture:
            drawn = FitPicture(content, _TYPES[picture.format or ""], *picture.size)
        return self._store(drawn)

    def content_of(self, picture: Picture) -> bytes:
        """The bytes of a stored picture."""
        return self._media.get(picture.sha256)

    def _remember(self, key: tuple[str, PictureRules], picture: Picture) -> None:
        with self._lock:
            self._ready[key] = picture
            while len(self._ready) > _REMEMBERED:
                self._ready.popitem(last=False)

    def _store(self, ready: "FitPicture") -> Picture:
        return Picture(self._media.put(ready.content), ready.media_type, ready.width, ready.height)

    def _bytes_of(self, image: Image) -> bytes:
        if image.sha256:
            try:
                return self._media.get(image.sha256)
            except NotFound as missing:
                raise PictureFault("存储中没有这张图片的内容") from missing
        if not image.url.startswith(("http://", "https://")):
            raise PictureFault("图片地址不是 http 或 https 网址")
        try:
            return self._fetcher.fetch(image.url, max_bytes=FETCH_BYTES).content
        except FetchError as fault:
            raise PictureFault(str(fault)) from fault


@dataclass(frozen=True)
class FitPicture:
    """Bytes that a platform takes, and what they show."""

    content: bytes
    media_type: str
    width: int
    height: int


def fit_picture(content: bytes, rules: PictureRules) -> FitPicture:
    """`content` itself when it fits `rules`, else converted and shrunk until it does.

    Raises:
        PictureFault: no picture, too many pixels, damaged, or too large whatever is done.
    """
    try:
        with Pillow.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureFault(f"图片尺寸 {picture.width}×{picture.height} 过大，已拒绝")
            picture.load()
            if _fits(picture, content, rules):
                return FitPicture(content, _TYPES[picture.format or ""], *picture.size)
            return _converted(picture, rules)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as bomb:
        raise PictureFault("图片像素过多，已拒绝") from bomb
    except UnidentifiedImageError as unknown:
        raise PictureFault("内容不是可识别的图片") from unknown
    except (OSError, SyntaxError, ValueError, EOFError) as damage:
        raise PictureFault("图片文件已损坏") from damage


def _fits(picture: Pillow.Image, content: bytes, rules: PictureRules) -> bool:
    return (
        _TYPES.get(picture.format or "") in rules.types
        and picture.mode in ("RGB", "RGBA", "L", "P", "LA")
        and not (getattr(picture, "is_animated", False) and picture.format != "GIF")
        and (not rules.most_bytes or len(content) <= rules.most_bytes)
        and picture.width <= WIDEST
        and picture.height <= TALLEST
    )


def _converted(picture: Pillow.Image, rules: PictureRules) -> FitPicture:
    upright = ImageOps.exif_transpose(picture)
    opaque = upright.mode in ("1", "L", "RGB", "CMYK", "YCbCr", "I;16", "I", "F")
    drawn = upright.convert("RGB" if opaque else "RGBA")
    # Only shrinks: thumbnail() never enlarges.
    drawn.thumbnail((WIDEST, TALLEST))
    for _ in range(6):
        for content, media_type in _encodings(drawn, rules.types):
            if not rules.most_bytes or len(content) <= rules.most_bytes:
                return FitPicture(content, media_type, *drawn.size)
        drawn.thumbnail((max(1, drawn.width * 2 // 3), max(1, drawn.height * 2 // 3)))
    raise PictureFault(f"图片压缩后仍超过 {rules.most_bytes // 1024} KB")


def _encodings(picture: Pillow.Image, types: tuple[str, ...]) -> Iterator[tuple[bytes, str]]:
    """Best first: PNG where there is transparency (or nothing else), then JPEG by quality."""
    if "image/png" in types and (picture.mode == "RGBA" or "image/jpeg" not in types):
        yield _encoded(picture, "PNG", optimize=True), "image/png"
    if "image/jpeg" in types:
        flat = _on_white(picture)
        for quality in _QUALITIES:
            yield _encoded(flat, "JPEG", quality=quality), "image/jpeg"


def _on_white(picture: Pillow.Image) -> Pillow.Image:
    if picture.mode == "RGB":
        return picture
    white = Pillow.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _encoded(picture: Pillow.Image, form: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
