"""Cards: a policy's own headings and sentences as one long picture for a short post."""

import io
import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.domain.releases.document import Document, Heading
from bot.ports.wording import MakeDigest, SplitWords
from bot.rendering.colours import INK, READABLE, SOFT_INK, WHITE, Colour, against, rgb
from bot.rendering.lettering import Face, face
from bot.rendering.line_breaks import balanced_lines, filled_lines
from bot.rendering.points import in_lines, sections_of

WIDTH = 1080
MOST_POINTS = 8
POINT_LENGTH, WITHOUT_HEADINGS = 70, 320
_MARGIN = 72
_SPACED_OUT = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])$")
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

    @property
    def text(self) -> str:
        """Everything that stands on it, for whoever cannot see it."""
        told = [line for point in self.points for line in (point.heading, point.text)]
        return "\n".join(filter(None, (self.label, self.title, self.issuer, *told, self.source)))


def points_of(body: Document, digest: MakeDigest) -> tuple[Point, ...]:
    """The document's highest headings, each with sentences that stand below it; of a document
    with fewer than two, as many sentences as a card has room for."""
    told = sections_of(body)
    if len(told) < 2:
        lines = in_lines(digest(_prose(body), WITHOUT_HEADINGS))
        return tuple(Point("", line) for line in lines if line)
    return tuple(
        Point(_closed(heading.text), "\n".join(in_lines(digest(_prose(below), POINT_LENGTH))))
        for heading, below in told[:MOST_POINTS]
    )


def _closed(heading: str) -> str:
    """A heading whose last two characters were set apart: 第一章 总 则."""
    return _SPACED_OUT.sub(r"\1\2", heading)


def _prose(body: Document) -> str:
    return Document(tuple(b for b in body.blocks if not isinstance(b, Heading))).text


@lru_cache(maxsize=16)
def draw_card(card: Card, split_words: SplitWords) -> bytes:
    """The card as PNG, `WIDTH` pixels wide and as long as its text."""
    theme = against(rgb(card.colour), WHITE, READABLE)
    column = _Column(split_words)
    column.skip(56)
    column.write(card.label, face("sans", 32), WHITE)
    column.skip(16)
    column.title(card.title, face("serif", 56, 1), WHITE)
    if card.issuer:
        column.skip(16)
        column.write(card.issuer, face("sans", 30), WHITE)
    column.skip(48)
    band = column.y
    for point in card.points:
        column.skip(40)
        if point.heading:
            column.title(point.heading, face("serif", 42, 1), theme)
            column.skip(12)
        for line in point.text.split("\n"):
            column.write(line, face("sans", 36), INK)
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
