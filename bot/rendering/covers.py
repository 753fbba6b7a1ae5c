"""Covers in their account's colour, and a square beside them for small places.

Where a cover is shown the platform writes the title upon or beside it, so a cover says what the
title does not: what this is, who issues it, under which number.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.domain.posts.draft import CoverShape
from bot.ports.wording import SplitWords
from bot.rendering.colours import COMFORTABLE, READABLE, WHITE, against, mixed, rgb
from bot.rendering.lettering import Face, face, missing_characters
from bot.rendering.line_breaks import NOT_LAST, balanced_lines

SIZE = (900, 383)
"""WeChat's cover, 2.35 : 1; Weibo crops it to 16 : 9 without losing a line."""
SQUARE = 383
BOXES = {
    CoverShape.WIDE: (0, 0, *SIZE),
    CoverShape.SQUARE: (SIZE[0], 0, SIZE[0] + SQUARE, SQUARE),
}
"""Where the shapes are on a cover that has both, side by side."""

_MARGIN = 64
_TITLE_SIZES = (60, 54, 48, 43, 38, 34, 30, 27, 24)
_MOST_LINES = 4
_TITLE_BOX = (86, 304)
_LEADING = 1.42
_HEAD_SIZES = (92, 84, 76, 64, 54, 44)
_HEAD_BASE = 124
_FOOT_BASES = (178, 216)
"""Above the part upon which WeChat writes the title: two lines of it on the card of a phone."""
_SQUARE_MARGIN = 36
_LABEL_SIZES = (104, 96, 88, 80, 72, 64, 56, 48)
_LABEL_LINES = 2


class CoverFault(Exception):
    """No cover within the platform's bytes can be drawn."""


@dataclass(frozen=True)
class Cover:
    """What a cover says. `colour` is #rrggbb; `part` says which of several articles it is;
    `words` are those that a person wants on it."""

    issuer: str
    label: str
    colour: str
    number: str = ""
    part: str = ""
    words: str = ""


@lru_cache(maxsize=64)
def draw_cover(
    cover: Cover, *, most_bytes: int, split_words: SplitWords, with_square: bool = False
) -> bytes:
    """The cover as PNG, or as JPEG where a PNG would be over `most_bytes`.

    `with_square` puts a square for small places beside it; `BOXES` tells where. Words with
    characters that no font has are left out.

    Raises:
        CoverFault: even the smallest JPEG is over `most_bytes`.
    """
    picture = _Sheet(cover, split_words, with_square=with_square).drawn()
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


class _Sheet:
    """One cover being drawn."""

    def __init__(self, cover: Cover, split_words: SplitWords, *, with_square: bool) -> None:
        self._cover = cover
        self._split_words = split_words
        self._with_square = with_square
        # White has to be read on it, whatever colour the account likes.
        self._ground = against(mixed(rgb(cover.colour), (0, 0, 0), 0.25), WHITE, COMFORTABLE)
        self._soft = against(mixed(self._ground, WHITE, 0.6), self._ground, READABLE)
        width = SIZE[0] + (SQUARE if with_square else 0)
        self._picture = Image.new("RGB", (width, SIZE[1]), self._ground)
        self._pen = ImageDraw.Draw(self._picture)

    def drawn(self) -> Image.Image:
        self._wide()
        if self._with_square:
            self._square()
        return self._picture

    def _wide(self) -> None:
        left, right = _MARGIN, SIZE[0] - _MARGIN
        self._pen.rectangle((0, 0, SIZE[0], 7), fill=self._soft)
        self._from_right(face("sans", 24), right, 62, self._cover.part)
        if self._cover.words and not missing_characters(self._cover.words):
            self._worded(left, right)
        else:
            self._plain(left, right)

    def _plain(self, left: int, right: int) -> None:
        """Its kind in large letters, and from whom it is."""
        width = right - left
        letters, lines = _fitted_label(
            self._cover.label, width, self._split_words, sizes=_HEAD_SIZES, most_lines=1
        )
        letters.write(self._pen, (left, _HEAD_BASE), lines[0], WHITE)
        foot, small = face("sans", 30), face("sans", 24)
        upper, lower = _FOOT_BASES
        issuer = fitting_names(self._cover.issuer, foot, width)
        foot.write(self._pen, (left, upper), issuer, WHITE)
        small.write(self._pen, (left, lower if issuer else upper), self._cover.number, self._soft)

    def _worded(self, left: int, right: int) -> None:
        """Somebody's own words, below its kind and from whom it is."""
        small = face("sans", 24)
        told = "　".join(filter(None, (self._cover.label, self._cover.issuer)))
        room = right - left - small.width(self._cover.part) - small.size
        small.write(self._pen, (left, 62), fitting_names(told, small, room), self._soft)
        self._title(self._cover.words, left, right - left)

    def _title(self, title: str, left: int, width: int) -> None:
        letters, lines = fitted_title(title, width, self._split_words)
        top, bottom = _TITLE_BOX
        step = letters.size * _LEADING
        middle = (top + bottom) / 2 - step * len(lines) / 2
        for number, line in enumerate(lines):
            # A line of Chinese stands on a base line 0.88 of its size below its top.
            base = middle + number * step + (step - letters.size) / 2 + letters.size * 0.88
            # An opening sign fills the right half of its square; the left half hangs out.
            hung = letters.size * 0.45 if line[0] in NOT_LAST and not line.isascii() else 0
            letters.write(self._pen, (left - hung, base), line, WHITE)

    def _square(self) -> None:
        left, _, right, bottom = BOXES[CoverShape.SQUARE]
        ground = mixed(self._ground, (0, 0, 0), 0.18)
        self._pen.rectangle((left, 0, right, bottom), fill=ground)
        self._pen.rectangle((left, 0, right, 7), fill=self._soft)
        inner, width = left + _SQUARE_MARGIN, SQUARE - 2 * _SQUARE_MARGIN
        letters, lines = _fitted_label(self._cover.label, width, self._split_words)
        step = letters.size * 1.2
        top = 158 - step * len(lines) / 2
        for number, line in enumerate(lines):
            base = top + number * step + (step - letters.size) / 2 + letters.size * 0.88
            letters.write(self._pen, (inner, base), line, WHITE)
        foot = face("sans", 26)
        issuer = fitting_names(self._cover.issuer, foot, width)
        self._pen.line((inner, 306, inner + width, 306), fill=self._soft, width=1)
        foot.write(self._pen, (inner, 346), issuer, self._soft)
        self._from_right(face("sans", 30), inner + width, 52, self._cover.part)

    def _from_right(self, letters: Face, right: float, base: float, text: str) -> None:
        letters.write(self._pen, (right - letters.width(text), base), text, self._soft)


def fitted_title(title: str, width: int, split_words: SplitWords) -> tuple[Face, list[str]]:
    """The largest letters in which it fits; a little smaller where that keeps a name whole."""
    fitting = list(_fits(title, width, split_words))
    for letters, lines in [*filter(_keeps_names, fitting[:3]), *fitting[:1]]:
        return letters, lines
    letters = face("serif", _TITLE_SIZES[-1], 1)
    lines = balanced_lines(title, letters, width, split_words)
    return letters, [*lines[: _MOST_LINES - 1], "……"] if len(lines) > _MOST_LINES else lines


def _fits(title: str, width: int, split_words: SplitWords) -> Iterator[tuple[Face, list[str]]]:
    for size in _TITLE_SIZES:
        letters = face("serif", size, 1)
        lines = balanced_lines(title, letters, width, split_words)
        high = len(lines) * size * _LEADING
        if len(lines) <= _MOST_LINES and high <= _TITLE_BOX[1] - _TITLE_BOX[0]:
            yield letters, lines


def _keeps_names(fitted: tuple[Face, list[str]]) -> bool:
    """Whether every name in brackets stands on one line."""
    return all(
        line.count(opening) == line.count(closing)
        for line in fitted[1]
        for opening, closing in ("《》", "“”", "〔〕")
    )


def _fitted_label(
    label: str,
    width: int,
    split_words: SplitWords,
    *,
    sizes: Sequence[int] = _LABEL_SIZES,
    most_lines: int = _LABEL_LINES,
) -> tuple[Face, list[str]]:
    for size in sizes:
        letters = face("serif", size, 2)
        narrow = width if most_lines == 1 else min(width, size * 3.1)
        lines = balanced_lines(label, letters, narrow, split_words)
        if len(lines) <= most_lines and max(map(letters.width, lines)) <= width:
            return letters, lines
    return letters, lines


def fitting_names(names: str, letters: Face, width: float, *, more: str = "等") -> str:
    """The issuing bodies, or the first of them and `more` where all of them would not fit."""
    if letters.width(names) <= width:
        return names
    kept = names.split("、")
    while len(kept) > 1 and letters.width("、".join(kept) + more) > width:
        kept.pop()
    shown, mark = "、".join(kept), more
    while letters.width(shown + mark) > width and len(shown) > 1:
        shown, mark = shown[:-1], "…"
    return shown + mark
