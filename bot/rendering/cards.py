"""Cards: a policy's own headings and sentences as one long picture for a short post."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from bot.domain.releases.document import Block, Document, Heading
from bot.rendering.lettering import broken_lines, sans, serif

WIDTH = 1080
MOST_POINTS = 8
POINT_LENGTH = 70
_MARGIN = 72
_INK, _SOFT, _PAPER = (31, 35, 41), (92, 99, 112), (255, 255, 255)


@dataclass(frozen=True)
class Point:
    """One thing a card tells: a heading of the document and whole sentences from below it."""

    heading: str
    text: str


@dataclass(frozen=True)
class Card:
    """What a card says. `colour` is #rrggbb; `source` is the line at its foot."""

    label: str
    title: str
    issuer: str
    points: tuple[Point, ...]
    source: str
    colour: str


def points_of(body: Document, digest: Callable[[str, int], str]) -> tuple[Point, ...]:
    """The document's highest headings, each with sentences that stand below it."""
    levels = [block.level for block in body.blocks if isinstance(block, Heading)]
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for block in body.blocks:
        if isinstance(block, Heading) and block.level == min(levels):
            sections.append((block.text, []))
        elif not isinstance(block, Heading):
            sections[-1][1].append(block)
    # What stands before the first heading is the dispatch formula, unless it is everything.
    told = sections[1:] or sections
    points = (
        Point(heading, digest(Document(tuple(blocks)).text, POINT_LENGTH))
        for heading, blocks in told[:MOST_POINTS]
    )
    return tuple(point for point in points if point.heading or point.text)


@lru_cache(maxsize=16)
def draw_card(card: Card) -> bytes:
    """The card as PNG, `WIDTH` pixels wide and as long as its text."""
    column = _Column()
    column.skip(56)
    column.write(card.label, sans(32), _PAPER)
    column.skip(16)
    column.write(card.title, serif(56), _PAPER, outline=1)
    column.skip(16)
    column.write(card.issuer, sans(30), _PAPER)
    column.skip(48)
    band = column.y
    theme = _rgb(card.colour)
    for point in card.points:
        column.skip(40)
        if point.heading:
            column.write(point.heading, serif(40), theme, outline=1)
            column.skip(12)
        column.write(point.text, sans(34), _INK)
    column.skip(56)
    column.write(card.source, sans(26), _SOFT)
    column.skip(48)
    return column.drawn(theme, band)


class _Column:
    """Lines of text one below the other; drawn once their height is known."""

    def __init__(self) -> None:
        self.y = 0
        self._lines: list[tuple[int, str, ImageFont.FreeTypeFont, tuple[int, ...], int]] = []

    def skip(self, pixels: int) -> None:
        self.y += pixels

    def write(
        self, text: str, font: ImageFont.FreeTypeFont, colour: tuple[int, ...], *, outline: int = 0
    ) -> None:
        for line in broken_lines(text, font, WIDTH - 2 * _MARGIN):
            self._lines.append((self.y, line, font, colour, outline))
            self.y += round(font.size * 1.5)

    def drawn(self, theme: tuple[int, int, int], band: int) -> bytes:
        picture = Image.new("RGB", (WIDTH, self.y), _PAPER)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 0, WIDTH, band), fill=theme)
        for y, line, font, colour, outline in self._lines:
            pen.text((_MARGIN, y), line, font=font, fill=colour, stroke_width=outline)
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue
