"""Covers: size, weight, contrast, and what happens to characters that no font has."""

import io

import pytest
from PIL import Image as Pillow

from bot.domain.posts.draft import CoverShape
from bot.language.words import split_words
from bot.rendering.colours import READABLE, WHITE, against, contrast, rgb
from bot.rendering.covers import BOXES, SIZE, Cover, CoverFault, draw_cover
from bot.rendering.lettering import face, missing_characters

from .samples import LONG_TITLE

TITLES = [
    LONG_TITLE,
    "机动车登记规定",
    "关于印发《云岭市“十五五”数字经济发展规划（2026—2030年）》的通知",
    "Schemes for financing schools: statutory guidance for local authorities",
]
NOBODY_HAS = "\U0002ebf1"
"""A character of Unicode 15.1 that the package's fonts lack; checked below."""


def drawn(*, most_bytes: int = 300_000, with_square: bool = False, **changes: str) -> Pillow.Image:
    values = {
        "issuer": "云岭市人民政府",
        "label": "政策文件",
        "colour": "#2f67ad",
        "number": "云政发〔2026〕7号",
    } | changes
    content = draw_cover(
        Cover(**values), most_bytes=most_bytes, split_words=split_words, with_square=with_square
    )
    return Pillow.open(io.BytesIO(content))


@pytest.mark.parametrize("words", ["", *TITLES])
def test_a_cover_has_the_platforms_size_and_weight(words: str) -> None:
    """900 × 383 and far below the limit, whatever somebody wants on it."""
    picture = drawn(words=words)

    assert picture.size == SIZE
    assert picture.format == "PNG"


def test_a_square_for_small_places_stands_beside_it() -> None:
    """One picture, both shapes of it drawn for themselves."""
    picture = drawn(with_square=True)

    assert picture.size == (1283, 383)
    for shape, (left, top, right, bottom) in BOXES.items():
        assert (right - left) / (bottom - top) == pytest.approx(shape.ratio, abs=0.005)
    assert picture.crop(BOXES[CoverShape.WIDE]).tobytes() == drawn().tobytes()


def test_a_small_allowance_gives_a_jpeg() -> None:
    """Weight gives way before the cover does."""
    assert drawn(words=LONG_TITLE, most_bytes=40_000).format == "JPEG"
    with pytest.raises(CoverFault):
        drawn(words=LONG_TITLE, most_bytes=100)


@pytest.mark.parametrize(
    "colour", ["#2f67ad", "#ffffff", "#ffcc00", "#00ff88", "#000000", "#c7000b"]
)
def test_a_cover_is_read_on_every_accounts_colour(colour: str) -> None:
    """White letters on a ground that is dark enough, and both are there."""
    picture = drawn(colour=colour)
    counted = picture.getcolors(1 << 20) or []
    ground = max(counted)[1]

    assert contrast(ground, WHITE) >= 7
    assert any(shown == WHITE for _, shown in counted)


def test_a_colour_is_moved_no_further_than_it_needs() -> None:
    """An account keeps its own where that can be read."""
    assert against(rgb("#1a4a80"), WHITE, READABLE) == rgb("#1a4a80")
    assert contrast(against(rgb("#ffcc00"), WHITE, READABLE), WHITE) >= READABLE
    assert contrast(against(rgb("#222222"), rgb("#1a4a80"), READABLE), rgb("#1a4a80")) >= READABLE


def test_the_packages_fonts_have_what_official_titles_are_written_with() -> None:
    """Brackets of document numbers, circled numbers, rare names."""
    assert missing_characters("〔〕〇—“”①㎡℃‰䶮㙦𬱖𫖯𬭩喆堃祎") == ""


def test_words_with_a_character_nobody_has_are_left_out() -> None:
    """A box in the middle of official words is worse than none; the kind stands for them."""
    assert missing_characters(f"云岭市{NOBODY_HAS}山镇{NOBODY_HAS}") == NOBODY_HAS

    without = drawn(words=f"{NOBODY_HAS}山镇停水")

    assert without.tobytes() == drawn().tobytes()
    assert without.tobytes() != drawn(words="山镇停水").tobytes()


def test_the_place_where_the_platform_writes_the_title_is_left_free() -> None:
    """Two lines of it take the lower part of a phone's card, so nothing of ours stands there."""
    calm = drawn().crop((0, 230, *SIZE))

    assert len(calm.getcolors() or ()) == 1


def test_what_one_font_lacks_is_written_with_another() -> None:
    """Its width is that font's own."""
    letters = face("serif", 40)

    assert letters.width("政策") == 80
    assert letters.width("㎡政") > 40
