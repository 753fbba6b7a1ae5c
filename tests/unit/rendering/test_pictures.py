"""Pictures: what passes unchanged, what is converted, what is refused and why."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image as Pillow

from bot.domain.releases.document import Image
from bot.rendering.pictures import PictureDesk, PictureFault, PictureRules, fit_picture

from .samples import MemoryMedia, Web, a_png

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
        encoded("GIF", "P", save_all=True, append_images=[Pillow.new("P", (60, 40), 9)]),
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
        assert picture.mode in ("RGB", "RGBA")


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
        fit_picture(noise(1400, 1400), PictureRules(most_bytes=1024))


def test_a_picture_is_fetched_once() -> None:
    """Drawing a post again asks nobody again."""
    url = "https://www.yunling.example/p.png"
    web, media = Web({url: a_png()}), MemoryMedia()
    desk = PictureDesk(media, web)

    first = desk.prepare(Image(url, alt="图"), RULES)
    second = desk.prepare(Image(url, caption="说明"), RULES)

    assert web.asked == [url]
    assert first.sha256 == second.sha256
    assert (first.alt, second.alt) == ("图", "说明")
    assert media.get(first.sha256) == a_png()


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (Image("file:///etc/passwd"), "不是 http"),
        (Image("https://www.yunling.example/none.png"), "没有这张图片"),
        (Image("https://a.example/1.png", sha256="0" * 64), "存储中没有"),
    ],
    ids=["scheme", "absent", "lost"],
)
def test_a_picture_that_cannot_be_had_says_why(image: Image, reason: str) -> None:
    """The reason goes into the note about the picture."""
    with pytest.raises(PictureFault, match=reason):
        PictureDesk(MemoryMedia(), Web()).prepare(image, RULES)
