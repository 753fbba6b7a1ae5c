"""Markdown as offices write it."""

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.releases.document import Paragraph
from bot.reading.markdown_body import read_markdown
from bot.reading.notes import Notes


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**坚持分类施策。**对于不同群体，分别支持。", "坚持分类施策。"),
        ("**——坚持分类施策。**对于不同群体，分别支持。", "——坚持分类施策。"),
        ("请按**《停车办法》**执行。", "《停车办法》"),
        ("请**按时**申报。", "按时"),
    ],
)
def test_bold_beside_chinese_signs_leaves_no_stars(text: str, bold: str) -> None:
    """No reader sees the marks; what was bold is bold, and nothing else changes."""
    (paragraph,) = read_markdown(text, Notes()).blocks

    assert isinstance(paragraph, Paragraph)
    assert [run.text for run in paragraph.runs if run.bold] == [bold]
    assert paragraph.text == text.replace("*", "")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("原定~~三月~~四月办理。", "原定三月四月办理。"),
        ("原定~~三月\n上旬~~四月办理。", "原定三月上旬四月办理。"),
        ("需 5~10 天，最长 8~12 天。", "需 5~10 天，最长 8~12 天。"),
        ("符号~~单独，不成对。", "符号~~单独，不成对。"),
    ],
)
def test_ranges_keep_their_tilde_and_struck_text_loses_its_marks(text: str, plain: str) -> None:
    """Two tildes strike out, one is a range of numbers and stays for readers."""
    (paragraph,) = read_markdown(text, Notes()).blocks

    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == plain


def test_quotes_nested_without_end_are_refused() -> None:
    """A hostile text ends in a sentence for staff, not in a crash or a cut document."""
    with pytest.raises(InvalidInput, match="嵌套"):
        read_markdown(">" * 500 + " 文", Notes())


def test_stars_that_are_no_marks_stay() -> None:
    """A footnote star and code keep their signs."""
    (paragraph,) = read_markdown("标*的项目见附表；命令为 `**。**x`。", Notes()).blocks

    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "标*的项目见附表；命令为 **。**x。"
