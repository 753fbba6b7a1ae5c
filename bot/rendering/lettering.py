"""Chinese lettering for drawn pictures: faces that miss no character they could have."""

import unicodedata
from functools import lru_cache
from typing import Literal

import pylopdf_fonts_zh_cn
from PIL import ImageDraw, ImageFont

from bot.rendering.colours import Colour

Style = Literal["serif", "sans"]

_SPARE = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "SourceHanSerifSC-Regular.otf",
    "HanaMinA.ttf",
    "HanaMinB.ttf",
    "simsunb.ttf",
    "DejaVuSans.ttf",
)
"""Looked for among the machine's fonts, for characters that the package does not have."""
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me"})
_NO_CHARACTER = "\U0010fffe"
_PROBE = 24


class Face:
    """One style in one size. What its font lacks is taken from the next one that has it.

    The package has no bold cut; `weight` pixels of outline stand in for it.
    """

    def __init__(self, style: Style, size: int, weight: int = 0) -> None:
        self.style: Style = style
        self.size = size
        self.weight = weight

    def width(self, text: str) -> float:
        """How many pixels `text` takes."""
        return _width(self.style, self.size, text)

    def write(
        self, pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: Colour
    ) -> None:
        """Write `text` from `at`, the left end of its base line."""
        x, y = at
        for which, part in _runs(self.style, text):
            font = _opened(_paths(self.style)[which], self.size)
            pen.text(
                (x, y),
                part,
                font=font,
                fill=colour,
                anchor="ls",
                stroke_width=self.weight,
                stroke_fill=colour,
            )
            x += font.getlength(part)


@lru_cache(maxsize=64)
def face(style: Style, size: int, weight: int = 0) -> Face:
    """The face, made once."""
    return Face(style, size, weight)


def missing_characters(text: str) -> str:
    """The characters of `text` that no font here has, each once."""
    shown = dict.fromkeys(filter(_is_shown, text))
    return "".join(each for each in shown if _which("sans", each) is None)


def _is_shown(character: str) -> bool:
    """Not control characters, joiners or variation selectors, which would draw a box."""
    return unicodedata.category(character) not in _UNSEEN


@lru_cache(maxsize=20_000)
def _width(style: Style, size: int, text: str) -> float:
    paths = _paths(style)
    return sum(_opened(paths[which], size).getlength(part) for which, part in _runs(style, text))


def _runs(style: Style, text: str) -> list[tuple[int, str]]:
    """`text` in parts of one font each. A character that nobody has goes to the first."""
    runs: list[tuple[int, str]] = []
    for each in filter(_is_shown, text):
        which = _which(style, each) or 0
        if runs and runs[-1][0] == which:
            runs[-1] = (which, runs[-1][1] + each)
        else:
            runs.append((which, each))
    return runs


@lru_cache(maxsize=20_000)
def _which(style: Style, character: str) -> int | None:
    for which, path in enumerate(_paths(style)):
        if _has(path, character):
            return which
    return None


def _has(path: str, character: str) -> bool:
    """Whether the font draws anything but its sign for what it does not have."""
    probe = _opened(path, _PROBE)
    return bytes(probe.getmask(character)) != _blank(path) or character.isspace()


@lru_cache(maxsize=16)
def _blank(path: str) -> bytes:
    return bytes(_opened(path, _PROBE).getmask(_NO_CHARACTER))


@lru_cache(maxsize=2)
def _paths(style: Style) -> tuple[str, ...]:
    own = {"serif": pylopdf_fonts_zh_cn.serif_path(), "sans": pylopdf_fonts_zh_cn.sans_path()}
    other: Style = "sans" if style == "serif" else "serif"
    return (str(own[style]), str(own[other]), *filter(_is_there, _SPARE))


def _is_there(name: str) -> bool:
    try:
        _opened(name, _PROBE)
    except OSError:
        return False
    return True


@lru_cache(maxsize=128)
def _opened(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
