"""Cards: a policy's own headings and sentences as one long picture for a short post."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.domain.releases.document import Block, Document, Heading
from bot.ports.wording import SplitWords
from bot.rendering.colours import INK, READABLE, SOFT_INK, WHITE, Colour, against, rgb
from bot.rendering.lettering import Face, face
from bot.rendering.line_breaks import balanced_lines, filled_lines

WIDTH = 1080
MOST_POINTS = 8
POINT_LENGTH = 70
_MARGIN = 72
_INNER = WIDTH - 2 * _MARGIN


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
def draw_card(card: Card, split_words: SplitWords) -> bytes:
    """The card as PNG, `WIDTH` pixels wide and as long as its text."""
    theme = against(rgb(card.colour), WHITE, READABLE)
    column = _Column(split_words)
    column.skip(56)
    column.write(card.label, face("sans", 32), WHITE)
    column.skip(16)
    column.title(card.title, face("serif", 56, 1), WHITE)
    column.skip(16)
    column.write(card.issuer, face("sans", 30), WHITE)
    column.skip(48)
    band = column.y
    for point in card.points:
        column.skip(40)
        if point.heading:
            column.title(point.heading, face("serif", 42, 1), theme)
            column.skip(12)
        column.write(point.text, face("sans", 36), INK)
    column.skip(56)
    column.write(card.source, face("sans", 28), SOFT_INK)
    column.skip(48)
    return column.drawn(theme, band)


class _Column:
    """Lines of text one below the other; drawn once their height is known."""

    def __init__(self, split_words: SplitWords) -> None:
        self.y = 0
        self._split_words = split_words
        self._lines: list[tuple[float, str, Face, Colour]] = []

    def skip(self, pixels: int) -> None:
        self.y += pixels

    def title(self, text: str, letters: Face, colour: Colour) -> None:
        self._add(balanced_lines(text, letters, _INNER, self._split_words), letters, colour)

    def write(self, text: str, letters: Face, colour: Colour) -> None:
        self._add(filled_lines(text, letters, _INNER), letters, colour)

    def _add(self, lines: list[str], letters: Face, colour: Colour) -> None:
        for line in lines:
            step = round(letters.size * 1.5)
            self._lines.append((self.y + step * 0.75, line, letters, colour))
            self.y += step

    def drawn(self, theme: Colour, band: int) -> bytes:
        picture = Image.new("RGB", (WIDTH, self.y), WHITE)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 0, WIDTH, band), fill=theme)
        for base, line, letters, colour in self._lines:
            letters.write(pen, (_MARGIN, base), line, colour)
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()
