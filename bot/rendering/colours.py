"""Colours: an account's theme made dark enough to be read on, and what may be written with it."""

import re

from PIL import ImageColor

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
INK: Colour = (31, 35, 41)
SOFT_INK: Colour = (92, 99, 112)
NIGHT: Colour = (25, 25, 25)
"""The ground of an article in WeChat's dark mode."""

LARGE_TEXT = 3.0
"""The contrast it asks for of headings and lines (1.4.11)."""
READABLE = 4.5
"""The contrast that WCAG 2.2 asks for (1.4.3)."""
COMFORTABLE = 7.0
"""The contrast of its enhanced level (1.4.6)."""

_STEP = 0.08
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def rgb(colour: str) -> Colour:
    """#rrggbb as numbers."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def is_colour(text: str) -> bool:
    """Whether `text` is a colour as #rrggbb."""
    return _HEX.fullmatch(text) is not None


def shortest(colour: str) -> str:
    """#3377bb as #37b, since a platform counts every character."""
    is_double = colour[1::2] == colour[2::2]
    return "#" + colour[1::2] if is_double else colour


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with a `share` of `other` in it."""
    red, green, blue = (round(a * (1 - share) + b * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white), as WCAG defines it."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def against(colour: Colour, ground: Colour, least: float) -> Colour:
    """`colour`, moved away from `ground` until their contrast is at least `least`."""
    target = (0, 0, 0) if _luminance(ground) > 0.18 else WHITE
    share = 0.0
    found = colour
    while contrast(found, ground) < least and share < 1:
        share = min(1.0, share + _STEP)
        found = mixed(colour, target, share)
    return found


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
