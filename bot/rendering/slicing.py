"""Very tall pictures cut where nothing is drawn, so that their letters stay legible on a phone."""

import io
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image, ImageChops

from bot.rendering.fitting import opened

TALL = 3.0
"""Height to width above which a picture to leaf through is cut."""

_MOST, _LEAST = 2.2, 1.0
"""A part's height to its width: at most, and what it had better have."""
_CALM = 6
"""How much two neighbouring rows may differ where nothing but frames run through them."""
_LONG_PAUSE = 80
_PAUSE = 10
"""Rows of calm that make a place to cut."""


def slices_of(content: bytes, *, most: int) -> list[bytes]:
    """The parts of a tall picture from top to bottom, at most `most`; the picture itself where
    it is not tall, or has no calm rows to be cut at.

    Raises:
        PictureFault: no picture, too many pixels, or damaged.
    """
    with opened(content) as picture:
        if picture.height <= TALL * picture.width:
            return [content]
        cuts = _cuts(picture)
        if not cuts or len(cuts) + 1 > most:
            return [content]
        edges = [0, *cuts, picture.height]
        return [_part(picture, top, bottom) for top, bottom in pairwise(edges)]


def _cuts(picture: Image.Image) -> list[int]:
    pauses = list(_pauses(picture))
    highest, least = int(picture.width * _MOST), int(picture.width * _LEAST)
    cuts: list[int] = []
    top = 0
    while picture.height - top > highest:
        near = [at for at in pauses if top + least <= at <= top + highest]
        if not near:
            return []
        top = near[-1]
        cuts.append(top)
    return cuts


def _pauses(picture: Image.Image) -> Iterator[int]:
    """The middles of the stretches of rows that are like their neighbours; a long stretch has
    several."""
    grey = picture.convert("L")
    moved = ImageChops.offset(grey, 0, 1)
    changes = ImageChops.difference(grey, moved)
    start = 1
    for row in range(1, picture.height + 1):
        if row < picture.height and _is_calm(changes, row):
            continue
        length = row - start
        places = max(int(length >= _PAUSE), length // _LONG_PAUSE)
        yield from (start + length * (2 * at + 1) // (2 * places) for at in range(places))
        start = row + 1


def _is_calm(changes: Image.Image, row: int) -> bool:
    _, high = changes.crop((0, row, changes.width, row + 1)).getextrema()
    return float(high) <= _CALM  # type: ignore[arg-type]


def _part(picture: Image.Image, top: int, bottom: int) -> bytes:
    out = io.BytesIO()
    # What came as JPEG has lost its edges already; anything else keeps every one.
    form, options = ("JPEG", {"quality": 92}) if picture.format == "JPEG" else ("PNG", {})
    picture.crop((0, top, picture.width, bottom)).save(out, form, **options)
    return out.getvalue()
