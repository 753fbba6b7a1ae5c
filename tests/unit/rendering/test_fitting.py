"""Pictures made to fit: what passes unchanged, is converted, is refused, and why."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, ImageDraw

from bot.rendering.colours import INK, WHITE
from bot.rendering.fitting import PictureFault, PictureRules, fit_picture
from bot.rendering.lettering import face

from .samples import a_png

RULES = PictureRules(most_bytes=200 * 1024)


def encoded(
    form: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options: Any
) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, size).save(out, form, **options)
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    """A PNG that hardly compresses."""
    out = io.BytesIO()
    Pillow.effect_noise((width, height), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that claims 30,000 × 30,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_a_picture_the_platform_takes_stays_byte_for_byte() -> None:
    """An approved picture is not recompressed without need."""
    assert fit_picture(a_png(), RULES).content == a_png()


@pytest.mark.parametrize(
    "content",
    [
        encoded("WEBP"),
        encoded("BMP"),
        encoded("TIFF"),
        encoded("JPEG", "CMYK"),
        encoded("PNG", "I;16"),
        encoded("GIF", save_all=True, append_images=[Pillow.new("RGB", (60, 40), "red")]),
        encoded("WEBP", "RGBA"),
    ],
    ids=["webp", "bmp", "tiff", "cmyk", "16 bit", "animated", "transparent"],
)
def test_other_forms_become_jpeg_or_png(content: bytes) -> None:
    """What the platform does not take is converted, not refused."""
    ready = fit_picture(content, RULES)

    assert ready.media_type in RULES.types
    assert (ready.width, ready.height) == (60, 40)
    with Pillow.open(io.BytesIO(ready.content)) as picture:
        assert picture.mode in ("RGB", "P")


def test_a_heavy_picture_is_made_light() -> None:
    """Quality goes first, then size, until the bytes fit."""
    ready = fit_picture(noise(1200, 900), RULES)

    assert len(ready.content) <= RULES.most_bytes
    assert ready.media_type == "image/jpeg"


def test_a_wide_picture_is_brought_to_the_column() -> None:
    """Nobody sees more than the column shows; the proportion stays."""
    ready = fit_picture(a_png(3000, 300), RULES)

    assert (ready.width, ready.height) == (1440, 144)


def test_a_picture_is_turned_upright() -> None:
    """A telephone's picture lies on its side until its own note is followed."""
    exif = Pillow.Exif()
    exif[0x0112] = 6
    ready = fit_picture(encoded("WEBP", exif=exif), RULES)

    assert (ready.width, ready.height) == (40, 60)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>404</html>", "不是可识别的图片"),
        (b"", "不是可识别的图片"),
        (a_png(400, 400)[:60], "损坏"),
        (noise(300, 300)[:2000], "损坏"),
        (bomb(), "像素过多|尺寸"),
        (a_png(9000, 9000), "尺寸 9000×9000 过大"),
    ],
    ids=["html", "empty", "stub", "half", "bomb", "huge"],
)
def test_what_is_no_usable_picture_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    """Staff read what is wrong; no memory is spent on bombs."""
    with pytest.raises(PictureFault, match=reason):
        fit_picture(content, RULES)


def test_a_picture_that_cannot_be_made_light_enough_is_refused() -> None:
    """The limit is named."""
    with pytest.raises(PictureFault, match="仍超过"):
        fit_picture(noise(600, 600), PictureRules(most_bytes=1024))


def reopened(content: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(content)).convert("RGB")


def a_diagram(width: int, height: int) -> Pillow.Image:
    """Letters and boxes on a shaded ground, as infographics are."""
    picture = Pillow.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for y in range(height):
        pen.line((0, y, width, y), fill=(230 - 30 * y // height, 240 - 20 * y // height, 255))
    letters = face("sans", 36)
    for y in range(60, height - 150, 130):
        pen.rounded_rectangle((60, y, width - 60, y + 110), 20, fill="#2f67ad", outline="#333")
        letters.write(pen, (90, y + 48), "补贴标准为每人每月300元，自2026年起施行", WHITE)
        letters.write(pen, (90, y + 96), "申请材料：身份证、户口簿、银行卡复印件", (255, 240, 200))
    return picture


def a_photograph() -> Pillow.Image:
    """Shades and grain in many colours."""
    grain = Pillow.effect_noise((600, 400), 90)
    shade = Pillow.linear_gradient("L").resize((600, 400))
    return Pillow.merge("RGB", (grain, ImageChops.add(grain, shade), shade))


def saved(picture: Pillow.Image, form: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def test_a_heavy_diagram_keeps_its_size_and_the_edges_of_its_letters() -> None:
    """Colours are given up before sharpness; a JPEG of that weight would have fringes."""
    diagram = a_diagram(1080, 3000)
    rules = PictureRules(most_bytes=220 * 1024)

    ready = fit_picture(saved(diagram), rules)

    assert ready.media_type == "image/png"
    assert (ready.width, ready.height) == (1080, 3000)
    assert ready.remark == ""
    difference = ImageChops.difference(reopened(ready.content), diagram)
    assert max(high for _, high in difference.getextrema()) < 24  # type: ignore[misc]


def test_a_photograph_becomes_jpeg() -> None:
    """A palette would leave bands in its skies."""
    ready = fit_picture(saved(a_photograph(), "WEBP", lossless=True), RULES)

    assert ready.media_type == "image/jpeg"


def test_sixteen_bits_keep_their_greys() -> None:
    """Cut off at 255 they would be nothing but white."""
    grey = Pillow.new("I;16", (60, 40), 20_000)

    assert reopened(fit_picture(saved(grey), RULES).content).getpixel((5, 5)) == (78, 78, 78)


def test_dark_letters_on_nothing_stand_on_white_and_bright_ones_on_dark() -> None:
    """A reader in dark mode sees what the page behind would have shown."""
    dark, bright = (Pillow.new("RGBA", (60, 40), (0, 0, 0, 0)) for _ in range(2))
    ImageDraw.Draw(dark).rectangle((10, 10, 20, 20), fill=(20, 20, 20, 255))
    ImageDraw.Draw(bright).rectangle((10, 10, 20, 20), fill=(255, 255, 255, 255))

    on_white, on_dark = (
        reopened(fit_picture(saved(each), RULES).content) for each in (dark, bright)
    )

    assert on_white.getpixel((1, 1)) == WHITE
    assert on_dark.getpixel((1, 1)) == INK
    assert on_dark.getpixel((15, 15)) == WHITE


def test_a_fitting_picture_that_lies_on_its_side_is_turned_too() -> None:
    """Not every platform follows the note inside the file."""
    exif = Pillow.Exif()
    exif[0x0112] = 6

    ready = fit_picture(encoded("JPEG", exif=exif), RULES)

    assert (ready.width, ready.height) == (40, 60)
    assert reopened(ready.content).getexif().get(0x0112, 1) == 1


def test_a_profile_is_followed_and_a_broken_one_ignored() -> None:
    """Its colours become the ones every screen means."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for given in (profile, b"no profile"):
        ready = fit_picture(encoded("WEBP", icc_profile=given), RULES)
        assert (ready.width, ready.height) == (60, 40)
        assert reopened(ready.content).info.get("icc_profile") is None


def test_an_animated_picture_says_that_it_stands_still_now() -> None:
    """Nothing is dropped in silence."""
    moving = encoded("GIF", save_all=True, append_images=[Pillow.new("RGB", (60, 40), "red")])

    ready = fit_picture(moving, RULES)

    assert "第一帧" in ready.remark
    assert reopened(ready.content).getpixel((5, 5)) == (0, 0, 0)


def test_a_picture_shrunk_beyond_reading_says_so() -> None:
    """With both sizes, and what to do."""
    tall = saved(Pillow.new("RGB", (1080, 20_000), "white"))

    ready = fit_picture(tall, RULES)

    assert (ready.width, ready.height) == (648, 12_000)
    assert "1080×20000" in ready.remark
    assert "拆成几张" in ready.remark
