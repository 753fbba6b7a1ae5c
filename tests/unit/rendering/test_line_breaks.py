"""Lines: nothing lost, none too long, none begun or ended by a sign that may not (避头尾)."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.words import split_words
from bot.rendering.lettering import face
from bot.rendering.line_breaks import NOT_FIRST, NOT_LAST, balanced_lines, filled_lines

from .samples import LONG_TITLE

FACE = face("serif", 40)
TITLES = [
    LONG_TITLE,
    "机动车登记规定",
    "国务院关于同意乌鲁木齐、昌吉、石河子高新技术产业开发区建设国家自主创新示范区的批复",
    "关于印发《云岭市“十五五”数字经济发展规划（2026—2030年）》的通知",
    "云岭市人民政府办公室关于调整2026年度第12批（含补充批次）补贴标准的公告〔2026〕7号",
    "Schemes for financing schools: statutory guidance for local authorities",
]

WORDS = st.sampled_from(
    ["政策", "人民政府", "关于", "的", "通知", "补贴", "2026年", "300元", "A股", "云岭市", "和"]
)
SIGNS = st.sampled_from(["，", "。", "、", "；", "：", "（", "）", "《", "》", "“", "”", "？", " "])
TEXTS = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=6), SIGNS), min_size=1).map(
    lambda parts: "".join("".join(words) + sign for words, sign in parts)
)
WIDTHS = st.integers(min_value=240, max_value=900)


def bare(text: str) -> str:
    return "".join(text.split())


def keeps_rules(lines: list[str]) -> bool:
    return all(
        after[0] not in NOT_FIRST and before[-1] not in NOT_LAST
        for before, after in pairwise(lines)
    )


@given(text=TEXTS, width=WIDTHS)
@settings(deadline=None)
def test_a_title_loses_nothing_and_keeps_within_its_width(text: str, width: int) -> None:
    """Whatever it says, on whatever width."""
    lines = balanced_lines(text, FACE, width, split_words)

    assert bare("".join(lines)) == bare(text)
    assert all(FACE.width(line) <= width for line in lines)
    assert keeps_rules(lines)


@given(text=TEXTS, width=WIDTHS, first=st.sampled_from([0, 80]))
@settings(deadline=None)
def test_running_text_loses_nothing_and_fills_its_lines(text: str, width: int, first: int) -> None:
    """A line could not have taken the next one's first two words as well."""
    lines = filled_lines(text, FACE, width, first=first)

    assert bare("".join(lines)) == bare(text)
    assert all(FACE.width(line) + (0 if at else first) <= width for at, line in enumerate(lines))
    assert keeps_rules(lines)
    assert all(FACE.width(line) > width - first - 6 * FACE.size for line in lines[:-1])


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("width", [400, 520, 760])
def test_titles_tear_no_word_and_no_number(title: str, width: int) -> None:
    """Where a line is long enough for them."""
    lines = balanced_lines(title, FACE, width, split_words)

    words = split_words(" ".join(title.split()))
    ends = {len(bare("".join(words[:at]))) for at in range(len(words) + 1)}
    broken = {len(bare("".join(lines[:at]))) for at in range(len(lines))}
    assert broken <= ends
    for before, after in pairwise(lines):
        assert not (before[-1].isdigit() and (after[0].isdigit() or after[0] in "年月日号批次"))


def test_a_short_name_in_brackets_stays_whole() -> None:
    """《…》 and “…” that fit on a line are not parted."""
    title = "国务院办公厅关于印发“无废城市”建设试点工作方案的通知"

    lines = balanced_lines(title, FACE, 600, split_words)

    assert any("“无废城市”" in line for line in lines)


def test_names_of_bodies_stay_whole() -> None:
    """Spaces set them apart."""
    title = "云岭市人民政府 云岭市发展改革委 云岭市卫生健康委关于支持养老服务的意见"

    lines = balanced_lines(title, FACE, 560, split_words)

    for name in ("云岭市人民政府", "云岭市发展改革委", "云岭市卫生健康委"):
        assert any(name in line for line in lines), lines


def test_a_word_longer_than_a_line_is_cut_somewhere() -> None:
    """An address has no place to break, and still has to be read."""
    address = "https://www.yunling.example/zhengce/2026/1124/content_123456789.html"

    assert all(FACE.width(line) <= 400 for line in balanced_lines(address, FACE, 400, split_words))
    assert "".join(filled_lines(address, FACE, 400)) == address


def test_no_text_is_no_line() -> None:
    """Not an empty one."""
    assert balanced_lines("  ", FACE, 400, split_words) == []
    assert filled_lines("\n", FACE, 400) == []
