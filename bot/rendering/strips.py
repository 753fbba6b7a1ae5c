"""Strips: lines, rows and pictures that are never broken, laid one below the other on pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from PIL import Image, ImageDraw

from bot.rendering.colours import WHITE, Colour
from bot.rendering.lettering import Face
from bot.rendering.line_breaks import filled_lines, pieces_of

_WELL_FILLED = 0.62
"""Of a page; below it a block is rather broken than moved to the next page whole."""
_LOOSEST = 2.5
"""Free space on a line, in letters, up to which it is spread between them."""


class Canvas:
    """A white page to draw on."""

    def __init__(self, width: int, height: int) -> None:
        self.picture = Image.new("RGB", (width, height), WHITE)
        self.pen = ImageDraw.Draw(self.picture)


Ink = Callable[[Canvas, int], None]
"""Draws a strip, its top at a height."""


@dataclass(frozen=True)
class Strip:
    """A piece of a page. `gap` is left free above it unless it is a page's first; `begins` marks
    the first of a block; `clings` keeps it on the page of the next."""

    height: int
    ink: Ink
    text: str = ""
    gap: int = 0
    begins: bool = True
    clings: bool = False
    is_picture: bool = False


@dataclass(frozen=True)
class Setting:
    """How running text is set: in which letters, between which edges.

    `first` is the indent of the first line; `spread` brings lines to the right edge.
    """

    letters: Face
    colour: Colour
    left: int
    width: int
    leading: float = 1.7
    first: float = 0
    spread: bool = True

    @property
    def step(self) -> int:
        """From one base line to the next."""
        return round(self.letters.size * self.leading)


def text_strips(
    text: str, setting: Setting, *, gap: int = 0, lines: Sequence[str] = ()
) -> list[Strip]:
    """`text` as a strip a line; `lines` are its lines if they are known already."""
    letters = setting.letters
    lines = lines or filled_lines(text, letters, setting.width, first=setting.first)
    return [
        Strip(
            setting.step,
            _Line(setting, line, is_first=not at, is_last=at == len(lines) - 1).ink,
            line,
            gap=0 if at else gap,
            begins=not at,
        )
        for at, line in enumerate(lines)
    ]


@dataclass(frozen=True)
class _Line:
    setting: Setting
    text: str
    is_first: bool
    is_last: bool

    def ink(self, canvas: Canvas, top: int) -> None:
        setting, letters = self.setting, self.setting.letters
        indent = setting.first if self.is_first else 0
        x = setting.left + indent
        base = top + (setting.step - letters.size) / 2 + letters.size * 0.88
        pieces = pieces_of(self.text)
        free = setting.width - indent - letters.width(self.text)
        if self.is_last or not setting.spread or not 0 < free < letters.size * _LOOSEST:
            letters.write(canvas.pen, (x, base), self.text, setting.colour)
            return
        space = free / max(1, len(pieces) - 1)
        for piece in pieces:
            letters.write(canvas.pen, (x, base), piece, setting.colour)
            x += letters.width(piece) + space


@dataclass
class Leaf:
    """The strips of one page and the height they take."""

    strips: list[Strip] = field(default_factory=list)

    @property
    def height(self) -> int:
        return sum(strip.height + strip.gap for strip in self.strips) - self.strips[0].gap

    @property
    def has_pictures(self) -> bool:
        return any(strip.is_picture for strip in self.strips)

    @property
    def text(self) -> str:
        """What it says, a line a block."""
        said = (("\n" if strip.begins else "") + strip.text for strip in self.strips)
        return "".join(said).strip()

    def draw(self, canvas: Canvas, top: int) -> None:
        """Draw the strips from `top` down."""
        for at, strip in enumerate(self.strips):
            top += strip.gap if at else 0
            strip.ink(canvas, top)
            top += strip.height


def leaves_of(strips: Sequence[Strip], rooms: Iterator[int]) -> list[Leaf]:
    """The strips on pages with these rooms, broken at block borders where that leaves the page
    well filled. A strip higher than a page stands alone."""
    leaves: list[Leaf] = []
    start = 0
    while start < len(strips):
        room = next(rooms)
        end = _furthest(strips, start, room)
        if end < len(strips):
            end = _good_break(strips, start, end, room)
        leaves.append(Leaf(list(strips[start:end])))
        start = end
    return leaves


def _furthest(strips: Sequence[Strip], start: int, room: int) -> int:
    used = -strips[start].gap
    for at in range(start, len(strips)):
        used += strips[at].height + strips[at].gap
        if used > room:
            return max(at, start + 1)
    return len(strips)


def _good_break(strips: Sequence[Strip], start: int, end: int, room: int) -> int:
    """Before a block while the page stays well filled, else inside one, never after a heading."""
    least = ceil(room * _WELL_FILLED)
    inside = 0
    for at in range(end, start, -1):
        if strips[at - 1].clings:
            continue
        is_filled = Leaf(list(strips[start:at])).height >= least
        if strips[at].begins and (is_filled or not inside):
            return at
        if not is_filled and inside:
            break
        if not inside and not _leaves_one_line(strips, at):
            inside = at
    return inside or end


def _leaves_one_line(strips: Sequence[Strip], at: int) -> bool:
    """Whether a break before `at` would leave one line of a block alone on either page."""
    is_orphan = strips[at - 1].begins and not strips[at].begins
    is_widow = at + 1 == len(strips) or strips[at + 1].begins
    return is_orphan or is_widow
