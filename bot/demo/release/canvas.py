"""A sheet to draw the demonstration's pictures on: text, boxes and the house's few colours."""

from functools import cache
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

PAPER = "#ffffff"
MIST = "#f2f6f7"
INK = "#1f2d33"
GREY = "#5f7078"
LINE = "#d5dfe2"
TEAL = "#0f5f6b"
SHADES = ("#0f5f6b", "#2f7f89", "#5fa1a8", "#93c0c4")
AMBER = "#b5651d"

Anchor = Literal["lm", "mm", "rm"]


@cache
def _font(size: int, serif: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(serif_path() if serif else sans_path()), size)


class Sheet:
    """A picture being drawn; all measures are pixels, `y` of a text is its middle."""

    def __init__(self, width: int, height: int, *, paper: str = PAPER) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width, height), paper)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: int = 30,
        colour: str = INK,
        bold: bool = False,
        serif: bool = False,
        anchor: Anchor = "lm",
    ) -> None:
        """One line. The font has one weight: bold is a thin outline of the same colour."""
        self._draw.text(
            (x, y),
            words,
            font=_font(size, serif),
            fill=colour,
            anchor=anchor,
            stroke_width=max(1, size // 36) if bold else 0,
            stroke_fill=colour,
        )

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        round_by: int = 12,
    ) -> None:
        """A rectangle with rounded corners."""
        self._draw.rounded_rectangle(
            (left, top, right, bottom), radius=round_by, fill=fill, outline=edge, width=2
        )

    def line(
        self, points: list[tuple[float, float]], *, colour: str = LINE, width: int = 2
    ) -> None:
        """A line through `points`."""
        self._draw.line(points, fill=colour, width=width)

    def arrow(self, x: float, y: float, *, towards: Literal["right", "down"] = "right") -> None:
        """A small arrow head whose tip is at (x, y)."""
        back = [(x - 16, y - 11), (x - 16, y + 11)]
        if towards == "down":
            back = [(x - 11, y - 16), (x + 11, y - 16)]
        self._draw.polygon([(x, y), *back], fill=AMBER)

    def disc(self, x: float, y: float, radius: float, *, fill: str) -> None:
        """A filled circle."""
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)

    def save(self, path: Path) -> None:
        """Write a small PNG: flat colours need no more than a palette."""
        small = self._image.quantize(colors=64, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
