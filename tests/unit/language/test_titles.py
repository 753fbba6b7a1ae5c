"""Shorter titles use only the official words."""

import pytest

from bot.language.titles import TitleForm, shorten_title


def test_a_title_that_fits_stays_whole() -> None:
    """Nothing is dropped without need."""
    short = shorten_title("关于开展停车治理的通知", 64)

    assert (short.text, short.form) == ("关于开展停车治理的通知", TitleForm.WHOLE)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("临河区人民政府办公室关于开展停车治理的通知", "关于开展停车治理的通知"),
        ("临河区教育局 临河区公安局 临河区财政局关于校园安全的意见", "关于校园安全的意见"),
        ("临河区教育局公告2027年第3号（关于秋季招生的公告）", "关于秋季招生的公告"),
        ("临河区人民政府转发区水务局关于节约用水意见的通知", "转发区水务局关于节约用水意见的通知"),
    ],
)
def test_drops_who_issued_and_keeps_what_was_decided(title: str, expected: str) -> None:
    """Everything after the issuing bodies stays word for word."""
    short = shorten_title(title, 20)

    assert (short.text, short.form) == (expected, TitleForm.SHORTENED)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "关于《临河区财政局 临河区商务局关于明确免税店经营品种的公告》的政策解读",
            "关于《关于明确免税店经营品种的公告》的政策解读",
        ),
        (
            "临河区财政局 临河区商务局印发《关于明确免税店经营品种的意见》",
            "印发《关于明确免税店经营品种的意见》",
        ),
    ],
)
def test_shortens_the_title_of_an_interpretation_inside_its_marks(
    title: str, expected: str
) -> None:
    """The document explained keeps its name; only who issued it goes."""
    short = shorten_title(title, 26)

    assert (short.text, short.form) == (expected, TitleForm.SHORTENED)


def test_a_law_is_named_without_the_state_before_anything_is_cut() -> None:
    """As laws cite each other; the rest stays word for word."""
    title = "财政部负责人就《中华人民共和国增值税法实施条例》答记者问"

    assert shorten_title(title, 24).text == "财政部负责人就《增值税法实施条例》答记者问"
    assert shorten_title(title, 40).text == title
    assert shorten_title("中华人民共和国成立的通告", 8).form is TitleForm.TOO_LONG


def test_drops_a_trailing_number_first() -> None:
    """The 文号 is shown elsewhere; the bodies stay while they fit."""
    short = shorten_title("临河区财政局关于预算公开的通知（临财发〔2027〕8号）", 20)

    assert short.text == "临河区财政局关于预算公开的通知"


def test_does_not_take_ordinary_words_for_a_body() -> None:
    """Only names of bodies before 关于 may go."""
    title = "深入贯彻绿色发展理念关于加快推进垃圾分类工作的通知"

    assert shorten_title(title, 16).form is TitleForm.TOO_LONG


def test_never_cuts_unless_asked() -> None:
    """A title that stays too long comes back complete."""
    title = "关于同意临河、临江、临湖三个高新技术产业开发区建设自主创新示范区的批复"

    assert shorten_title(title, 20).text == title


def test_cuts_between_words_when_asked() -> None:
    """The cut is marked and leaves no opened bracket behind."""
    title = "关于暂时调整实施《临河区药品管理办法实施细则》有关规定的决定"

    short = shorten_title(title, 20, may_cut=True)

    assert short.form is TitleForm.CUT
    assert short.text == "关于暂时调整实施…"


def test_closes_a_bracket_that_opens_the_title() -> None:
    """Where nearly all stands inside the marks, the cut stays inside them."""
    title = "关于《临河区药品管理办法实施细则和医疗器械监督管理规定》的解读"

    short = shorten_title(title, 20, may_cut=True)

    assert short.form is TitleForm.CUT
    assert len(short.text) <= 20
    assert short.text.startswith("关于《临河区药品管理")
    assert short.text.endswith("…》")
