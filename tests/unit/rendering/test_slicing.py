"""Tall pictures in parts: nothing lost, nothing cut through."""

import io

from PIL import Image as Pillow
from PIL import ImageDraw

from bot.rendering.slicing import slices_of

from .samples import a_png


def a_tall_picture(width: int = 300, boxes: int = 12) -> Pillow.Image:
    """Boxes of 140 rows between calm stretches of 60, in a frame that runs through all of it."""
    picture = Pillow.new("RGB", (width, boxes * 200), "white")
    pen = ImageDraw.Draw(picture)
    for number in range(boxes):
        for y in range(number * 200, number * 200 + 140, 7):
            pen.line((40, y, width - 40, y + 3), fill="navy", width=3)
    pen.rectangle((0, 0, 8, picture.height), fill="red")
    pen.rectangle((width - 9, 0, width, picture.height), fill="red")
    return picture


def encoded(picture: Pillow.Image, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, form, quality=95)
    return out.getvalue()


def opened(parts: list[bytes]) -> list[Pillow.Image]:
    return [Pillow.open(io.BytesIO(part)).convert("RGB") for part in parts]


def test_the_parts_put_together_are_the_picture() -> None:
    """Every row once, in order, unchanged."""
    whole = a_tall_picture()

    parts = opened(slices_of(encoded(whole), most=20))

    assert len(parts) > 1
    joined = Pillow.new("RGB", whole.size)
    top = 0
    for part in parts:
        joined.paste(part, (0, top))
        top += part.height
    assert joined.tobytes() == whole.tobytes()


def test_cuts_are_where_nothing_but_the_frame_is_drawn() -> None:
    """Also in a JPEG, whose white is never quite white."""
    for form in ("PNG", "JPEG"):
        parts = opened(slices_of(encoded(a_tall_picture(), form), most=20))

        at = 0
        for part in parts[:-1]:
            at += part.height
            assert at % 200 > 140 + 5, form
            assert 300 <= part.height <= 660


def test_what_is_not_tall_stays_whole() -> None:
    """Byte for byte."""
    assert slices_of(a_png(300, 900), most=20) == [a_png(300, 900)]


def test_what_cannot_be_cut_well_stays_whole() -> None:
    """Without a calm place, or with more parts than there is room for."""
    busy = Pillow.effect_noise((100, 900), 80)

    assert len(slices_of(encoded(busy), most=20)) == 1
    assert len(slices_of(encoded(a_tall_picture()), most=3)) == 1
