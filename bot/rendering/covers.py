"""Covers: an article's title, drawn in its account's colour."""

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw

from bot.rendering.lettering import broken_lines, sans, serif

SIZE = (900, 383)
"""WeChat's cover, 2.35 : 1; Weibo crops it to 16 : 9 without losing a line."""

_MARGIN = 70
_TITLE_SIZES = (58, 52, 46, 40, 35, 30, 26, 22)
_MOST_LINES = 4
_TITLE_HEIGHT = 210
_LEADING = 1.4
_PAPER = (255, 255, 255)


class CoverFault(Exception):
    """No cover within the platform's bytes can be drawn."""


@dataclass(frozen=True)
class Cover:
    """What a cover says. `colour` is #rrggbb."""

    title: str
    issuer: str
    label: str
    colour: str


@lru_cache(maxsize=64)
def draw_cover(cover: Cover, *, most_bytes: int) -> bytes:
    """The cover as PNG, or as JPEG where a PNG would be over `most_bytes`.

    Raises:
        CoverFault: even the smallest JPEG is over `most_bytes`.
    """
    picture = _drawn(cover)
    for form, options in _FORMS:
        out = io.BytesIO()
        picture.save(out, form, **options)
        if out.tell() <= most_bytes:
            return out.getvalue()
    raise CoverFault(f"no cover within {most_bytes} bytes")


_FORMS: tuple[tuple[str, dict[str, int | bool]], ...] = (
    ("PNG", {}),
    ("JPEG", {"quality": 85}),
    ("JPEG", {"quality": 55}),
    ("JPEG", {"quality": 25}),
)


def _drawn(cover: Cover) -> Image.Image:
    ground = _mixed(cover.colour, (0, 0, 0), 0.25)
    picture = Image.new("RGB", SIZE, ground)
    pen = ImageDraw.Draw(picture)
    soft = _mixed(cover.colour, _PAPER, 0.55)
    pen.rectangle((0, 0, SIZE[0], 8), fill=soft)
    pen.text((_MARGIN, 38), cover.label, font=sans(24), fill=soft, stroke_width=0)
    _title(pen, cover.title)
    pen.line((_MARGIN, 318, SIZE[0] - _MARGIN, 318), fill=soft, width=1)
    pen.text((_MARGIN, 332), _within(cover.issuer, 24), font=sans(22), fill=soft)
    return picture


def _title(pen: ImageDraw.ImageDraw, title: str) -> None:
    size, lines = _fitted(title)
    step = size * _LEADING
    top = 86 + (_TITLE_HEIGHT - step * len(lines)) / 2
    for number, line in enumerate(lines):
        at = (_MARGIN, top + number * step)
        # The package has no bold cut; a one-pixel outline gives the title its weight.
        pen.text(at, line, font=serif(size), fill=_PAPER, stroke_width=1, stroke_fill=_PAPER)


def _fitted(title: str) -> tuple[int, list[str]]:
    for size in _TITLE_SIZES:
        lines = broken_lines(title, serif(size), SIZE[0] - 2 * _MARGIN)
        if len(lines) <= _MOST_LINES and len(lines) * size * _LEADING <= _TITLE_HEIGHT:
            return size, lines
    return size, [*lines[:_MOST_LINES], "……"]


def _within(text: str, most: int) -> str:
    """An issuer's line: the first bodies and 等 where all of them would not fit."""
    if len(text) <= most * 1.4:
        return text
    names = text.split("、")
    while len(names) > 1 and len("、".join(names)) > most:
        names.pop()
    return "、".join(names)[: int(most * 1.4)] + "等"


def _mixed(colour: str, other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    own = ImageColor.getrgb(colour)
    red, green, blue = (
        round(a * (1 - share) + b * share) for a, b in zip(own, other, strict=False)
    )
    return red, green, blue
