"""Comparing drafts with what was approved."""

import pytest

from bot.platforms.wechat.comparing import changed_draft, differences, mark_of
from tests.unit.platforms.wechat.stand import PICTURE_URL, stored

APPROVED = stored(content=f'<section><p id="a">第一 段</p><img src="{PICTURE_URL}"></section>')


@pytest.mark.parametrize(
    "content",
    [
        f'<div><p>第一 段</p><img data-src="{PICTURE_URL}"></div>',
        f'<section><p style="color:red">第一&nbsp;段</p>\n<img src="{PICTURE_URL}"></section>',
        '<p>第一\u200b段</p><img src="https://mmbiz.qpic.cn/sz_mmbiz_png/Invented0001/640?tp=webp">',
    ],
    ids=["tags and lazy pictures", "styles and spaces", "address of another size"],
)
def test_what_the_platform_rewrites_is_no_change(content: str) -> None:
    """A reader sees the same."""
    assert differences([APPROVED], [stored(content=content)]) == ()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": "另一个标题"}, "第 1 篇的标题"),
        ({"author": "别人"}, "第 1 篇的作者"),
        ({"digest": ""}, "第 1 篇的摘要"),
        ({"content_source_url": "https://other.example/"}, "第 1 篇的原文链接"),
        ({"content": f'<p>第二段</p><img src="{PICTURE_URL}">'}, "第 1 篇的正文"),
        ({"content": "<p>第一段</p>"}, "第 1 篇的图片"),
        (
            {"content": f'<p><a href="https://x.example">第一段</a></p><img src="{PICTURE_URL}">'},
            "第 1 篇的链接",
        ),
        ({"content": ""}, "第 1 篇的正文"),
        ({"thumb_media_id": "COVER-2"}, "第 1 篇的封面"),
    ],
)
def test_what_a_reader_would_notice_is_a_change(changes: dict[str, str], place: str) -> None:
    """Named by its place."""
    found = differences([APPROVED], [stored(**{"content": APPROVED["content"]} | changes)])

    assert found[0].place == place


def test_an_added_or_removed_article_is_a_change() -> None:
    """Before anything else is compared."""
    (found,) = differences([APPROVED], [APPROVED, APPROVED])

    assert found.sentence == "文章篇数：批准的是“1”，平台上是“2”"


def test_an_empty_digest_may_be_filled_in_by_the_platform() -> None:
    """It takes the first words of the text."""
    assert differences([stored(digest="")], [stored(digest="正文")]) == ()


def test_a_long_text_is_shown_around_its_change() -> None:
    """Nobody wants to search for one character."""
    before, after = "甲" * 500 + "原文" + "乙" * 500, "甲" * 500 + "改文" + "乙" * 500

    (found,) = differences([stored(content=before)], [stored(content=after)])

    assert found.approved.startswith("甲" * 10 + "原文")
    assert found.found.startswith("甲" * 10 + "改文")


def test_the_same_change_has_the_same_mark() -> None:
    """So that a person who accepted it is not asked again."""
    once = differences([stored()], [stored(title="新")])
    again = differences([stored()], [stored(title="新")])
    other = differences([stored()], [stored(title="更新")])

    assert mark_of(once) == mark_of(again) != mark_of(other)
    assert changed_draft(once).evidence == {"draft_difference": mark_of(once)}
