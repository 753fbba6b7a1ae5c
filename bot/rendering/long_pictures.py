"""Long pictures (政策长图): a document's whole text drawn for a phone, on as few pages as fit."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from PIL import Image

from bot.domain.releases.document import Document
from bot.ports.wording import SplitWords
from bot.rendering.colours import (
    COMFORTABLE,
    READABLE,
    SOFT_INK,
    WHITE,
    Colour,
    against,
    mixed,
    rgb,
)
from bot.rendering.covers import fitted_title, fitting_names
from bot.rendering.document_strips import PictureBytes, StripWriter
from bot.rendering.lettering import face
from bot.rendering.strips import Canvas, Leaf, Strip, leaves_of

WIDTH = 1080
BAND = 460
"""The head of the first page, which is also what a cover of 2.35 : 1 shows of it."""

_MARGIN = 72
_INNER = WIDTH - 2 * _MARGIN
_HEAD, _FOOT, _SPACE = 104, 92, 44
_STEP = 40
_SIDE_BY_SIDE = 48
_COLOURS = 64


class TooLong(Exception):
    """The text needs `needed` pages even of the greatest height."""

    def __init__(self, needed: int) -> None:
        super().__init__(f"{needed} pages")
        self.needed = needed


@dataclass(frozen=True)
class LongText:
    """What is drawn. `colour` is #rrggbb; the lines of `source` stand below the text."""

    label: str
    title: str
    issuer: str
    number: str
    body: Document
    source: tuple[str, ...]
    colour: str


@dataclass(frozen=True)
class DrawnPage:
    """One page: a PNG, and everything that stands on it."""

    content: bytes
    text: str


def draw_long_pictures(
    long: LongText,
    *,
    most: int,
    heights: Sequence[int],
    split_words: SplitWords,
    picture_of: PictureBytes,
) -> tuple[DrawnPage, ...]:
    """The text on at most `most` pages: of the least of `heights` with which that is possible.

    Raises:
        TooLong: not even with the greatest.
    """
    theme = against(rgb(long.colour), WHITE, READABLE)
    tallest = _rooms(min(heights))[1]
    writer = StripWriter(_MARGIN, _INNER, theme, split_words, picture_of, tallest)
    strips = writer.strips(long.body)
    for at, line in enumerate(long.source):
        strips += writer.note(line, gap=0 if at else 2 * _SPACE)
    leaves, height = _laid_out(strips, most, heights)
    pages = _Pages(long, split_words, leaves, height)
    return tuple(pages.drawn(number) for number in range(len(leaves)))


def _laid_out(strips: Sequence[Strip], most: int, heights: Sequence[int]) -> tuple[list[Leaf], int]:
    """The fewest pages, then as low as the same number of pages can be."""
    for height in sorted(heights):
        leaves = _leaves(strips, height)
        if len(leaves) <= most:
            break
    else:
        raise TooLong(len(leaves))
    while height > WIDTH:
        lower = _leaves(strips, height - _STEP)
        if len(lower) > len(leaves) or _overflows(lower, height - _STEP):
            break
        leaves, height = lower, height - _STEP
    return leaves, height


def _leaves(strips: Sequence[Strip], height: int) -> list[Leaf]:
    first, later = _rooms(height)
    return leaves_of(strips, chain([first], repeat(later)))


def _rooms(height: int) -> tuple[int, int]:
    """What a first and a later page of this height have room for."""
    return height - BAND - _SPACE - _FOOT, height - _HEAD - _FOOT


def _overflows(leaves: Sequence[Leaf], height: int) -> bool:
    first, later = _rooms(height)
    rooms: Iterator[int] = chain([first], repeat(later))
    return any(leaf.height > room for leaf, room in zip(leaves, rooms, strict=False))


class _Pages:
    """Pages of one height with the same ground, head and foot."""

    def __init__(
        self, long: LongText, split_words: SplitWords, leaves: Sequence[Leaf], height: int
    ) -> None:
        self._long, self._split_words, self._leaves = long, split_words, leaves
        self._height = height
        self._ground = against(mixed(rgb(long.colour), (0, 0, 0), 0.25), WHITE, COMFORTABLE)
        self._soft: Colour = against(mixed(self._ground, WHITE, 0.6), self._ground, READABLE)

    def drawn(self, number: int) -> DrawnPage:
        leaf = self._leaves[number]
        head = BAND + _SPACE if number == 0 else _HEAD
        needed = head + leaf.height + _FOOT
        canvas = Canvas(WIDTH, max(needed, self._height if len(self._leaves) > 1 else 0))
        if number == 0:
            self._masthead(canvas)
        else:
            self._running_head(canvas)
        leaf.draw(canvas, head)
        self._foot(canvas, number)
        told = f"第 {number + 1} 页，共 {len(self._leaves)} 页\n{leaf.text}"
        return DrawnPage(_png(canvas, leaf), told)

    def _masthead(self, canvas: Canvas) -> None:
        pen, long = canvas.pen, self._long
        pen.rectangle((0, 0, WIDTH, BAND - 1), fill=self._ground)
        pen.rectangle((0, 0, WIDTH, 9), fill=self._soft)
        face("sans", 32).write(pen, (_MARGIN, 84), long.label, self._soft)
        letters, lines = fitted_title(long.title, _INNER, self._split_words)
        step = letters.size * 1.42
        top = 232 - step * len(lines) / 2
        for number, line in enumerate(lines):
            base = top + number * step + (step - letters.size) / 2 + letters.size * 0.88
            letters.write(pen, (_MARGIN, base), line, WHITE)
        pen.line((_MARGIN, 376, WIDTH - _MARGIN, 376), fill=self._soft, width=2)
        foot = face("sans", 28)
        taken = foot.width(long.number)
        free = _INNER - taken - _SIDE_BY_SIDE
        foot.write(pen, (_MARGIN, 424), fitting_names(long.issuer, foot, free), self._soft)
        foot.write(pen, (WIDTH - _MARGIN - taken, 424), long.number, self._soft)

    def _running_head(self, canvas: Canvas) -> None:
        canvas.pen.rectangle((0, 0, WIDTH, 9), fill=self._ground)
        letters = face("sans", 28)
        title = fitting_names(self._long.title, letters, _INNER, more="…")
        letters.write(canvas.pen, (_MARGIN, 62), title, SOFT_INK)

    def _foot(self, canvas: Canvas, number: int) -> None:
        letters = face("sans", 28)
        said = f"{number + 1} / {len(self._leaves)}"
        x = (WIDTH - letters.width(said)) / 2
        letters.write(canvas.pen, (x, canvas.picture.height - 34), said, SOFT_INK)


def _png(canvas: Canvas, leaf: Leaf) -> bytes:
    """As PNG; a page of letters alone needs few colours, which makes it a third as heavy."""
    picture = canvas.picture if leaf.has_pictures else _of_few_colours(canvas.picture)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _of_few_colours(picture: Image.Image) -> Image.Image:
    """The octree is four times as fast as the exact method, and nobody sees the difference but
    in the paper, which it makes a little grey."""
    few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    corner = few.crop((0, few.height - 1, 1, few.height)).tobytes()
    palette = few.getpalette() or []
    palette[3 * corner[0] : 3 * corner[0] + 3] = WHITE
    few.putpalette(palette)
    return few
