"""The pictures of documents: fetched or looked up, made to fit, kept in the media store."""

import io
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image as Pillow

from bot.domain.errors import NotFound
from bot.domain.posts.draft import Picture
from bot.domain.releases.document import Image
from bot.ports.fetching import Fetcher, FetchError
from bot.ports.media import MediaStore
from bot.rendering.fitting import FitPicture, PictureFault, PictureRules, fit_picture
from bot.rendering.slicing import slices_of

FETCH_BYTES = 20 * 1024 * 1024
TRUSTED_SECONDS = 300.0
"""How long an address is taken to show what it showed."""

_REMEMBERED = 512


@dataclass(frozen=True)
class Prepared:
    """A picture in the store, and what staff should know about it; mostly nothing."""

    picture: Picture
    remark: str = ""


_Wanted = tuple[str, PictureRules, int]
"""Which picture, for which rules, in how many parts at most."""


class PictureDesk:
    """Brings the pictures of documents into the media store in a form the platform takes.

    What was prepared is remembered by its address for a while, so that drawing the posts of a
    release asks for each picture once. `now` counts seconds.
    """

    def __init__(
        self, media: MediaStore, fetcher: Fetcher, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._media = media
        self._fetcher = fetcher
        self._now = now
        self._ready: OrderedDict[_Wanted, tuple[float, tuple[Prepared, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def prepare(self, image: Image, rules: PictureRules) -> Prepared:
        """The stored picture of `image`, fit for `rules`.

        Raises:
            PictureFault: it could not be had, is no picture, or cannot be made to fit.
        """
        (whole,) = self.prepare_parts(image, rules, most=1)
        return whole

    def prepare_parts(
        self, image: Image, rules: PictureRules, *, most: int
    ) -> tuple[Prepared, ...]:
        """The same, a very tall picture in up to `most` parts from top to bottom.

        Raises:
            PictureFault: as `prepare`.
        """
        wanted = (image.sha256 or image.url, rules, most)
        parts = self._known(wanted)
        if parts is None:
            content = self._bytes_of(image)
            cut = slices_of(content, most=most) if most > 1 else [content]
            fit = [fit_picture(part, rules) for part in cut]
            parts = tuple(Prepared(self._store(part), part.remark) for part in fit)
            self._remember(wanted, parts)
        return tuple(
            replace(part, picture=replace(part.picture, alt=alt, credit=image.credit))
            for part, alt in zip(parts, _alts(image, len(parts)), strict=True)
        )

    def keep(self, content: bytes) -> Picture:
        """Store a picture drawn by us."""
        with Pillow.open(io.BytesIO(content)) as picture:
            media_type = Pillow.MIME[picture.format or ""]
            drawn = FitPicture(content, media_type, *picture.size)
        return self._store(drawn)

    def content_of(self, picture: Picture) -> bytes:
        """The bytes of a stored picture."""
        return self._media.get(picture.sha256)

    def _known(self, wanted: _Wanted) -> tuple[Prepared, ...] | None:
        with self._lock:
            since, known = self._ready.get(wanted, (0.0, None))
        return known if known and self._now() - since < TRUSTED_SECONDS else None

    def _remember(self, wanted: _Wanted, parts: tuple[Prepared, ...]) -> None:
        with self._lock:
            self._ready[wanted] = (self._now(), parts)
            while len(self._ready) > _REMEMBERED:
                self._ready.popitem(last=False)

    def _store(self, ready: FitPicture) -> Picture:
        return Picture(self._media.put(ready.content), ready.media_type, ready.width, ready.height)

    def _bytes_of(self, image: Image) -> bytes:
        if image.sha256:
            try:
                return self._media.get(image.sha256)
            except NotFound as missing:
                raise PictureFault("存储中没有这张图片的内容，请重新提交带图片的材料") from missing
        if not image.url.startswith(("http://", "https://")):
            raise PictureFault("图片地址不是 http 或 https 网址，请更正网址")
        try:
            return self._fetcher.fetch(image.url, max_bytes=FETCH_BYTES).content
        except FetchError as fault:
            raise PictureFault(str(fault)) from fault


def _alts(image: Image, parts: int) -> list[str]:
    """What each part of the picture says, for whoever cannot see it."""
    alt = image.alt or image.caption
    if parts == 1:
        return [alt]
    return [f"{alt}（{number}/{parts}）" for number in range(1, parts + 1)]
