"""Covers and their lettering: size, weight, and lines broken as a typesetter would."""

import io
from itertools import pairwise

import pytest
from PIL import Image as Pillow

from bot.rendering.covers import SIZE, Cover, CoverFault, draw_cover
from bot.rendering.lettering import broken_lines, serif

from .samples import LONG_TITLE

TITLES = [
    LONG_TITLE,
    "机动车登记规定",
    "国务院关于同意乌鲁木齐、昌吉、石河子高新技术产业开发区建设国家自主创新示范区的批复",
    "关于印发《云岭市“十五五”数字经济发展规划（2026—2030年）》的通知",
    "Schemes for financing schools: statutory guidance for local authorities",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_cover_has_the_platforms_size_and_weight(title: str) -> None:
    """900 × 383 and far below the limit, however long the title is."""
    content = draw_cover(Cover(title, "云岭市人民政府", "政策文件", "#2f67ad"), most_bytes=300_000)

    with Pillow.open(io.BytesIO(content)) as picture:
        assert picture.size == SIZE
        assert picture.format == "PNG"


def test_a_small_allowance_gives_a_jpeg() -> None:
    """Weight gives way before the cover does."""
    cover = Cover(LONG_TITLE, "云岭市人民政府", "政策文件", "#2f67ad")
    content = draw_cover(cover, most_bytes=40_000)

    with Pillow.open(io.BytesIO(content)) as picture:
        assert picture.format == "JPEG"
    with pytest.raises(CoverFault):
        draw_cover(cover, most_bytes=100)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("width", [300, 520, 760])
def test_lines_break_by_the_rules_of_typesetting(title: str, width: int) -> None:
    """No sign that closes begins a line, none that opens ends one, no number is torn."""
    font = serif(40)
    lines = broken_lines(title, font, width)

    assert "".join("".join(lines).split()) == "".join(title.split())
    for before, after in pairwise(lines):
        assert after[0] not in "，。、；：？！）》”"
        assert before[-1] not in "（《“"
        assert not (before[-1].isdigit() and after[0].isdigit())
    assert all(font.getlength(line) <= width for line in lines)
