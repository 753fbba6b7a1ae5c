"""The words of a post, part by part."""

from bot.domain.posts.checks.passages import Part, Passage, passages_of, words_of
from bot.domain.posts.draft import Article, ArticleForm, DraftContent


def test_every_part_that_has_words_is_read() -> None:
    """In the order of reading, and with its place."""
    content = DraftContent((Article("标题", "<p>正文</p>", digest="摘要"),), text="微博")

    assert passages_of(content) == (
        Passage(Part.TITLE, "标题", 1),
        Passage(Part.DIGEST, "摘要", 1),
        Passage(Part.BODY, "正文", 1),
        Passage(Part.TEXT, "微博", 0),
    )


def test_a_picture_message_is_read_by_its_text() -> None:
    """It has no HTML."""
    content = DraftContent((Article("一图读懂", form=ArticleForm.PICTURES, text="说明"),))

    assert [each.part for each in passages_of(content)] == [Part.TITLE, Part.TEXT]


def test_styled_words_are_read_together_and_blocks_apart() -> None:
    """300 and 元 in two styles are one amount; two table cells are not one word."""
    html = "<p>每月<strong>300</strong><span>元</span></p><table><td>1</td><td>2</td></table>"

    assert words_of(html) == "每月300元\n1\n2"


def test_signs_written_as_entities_are_read_as_signs() -> None:
    assert words_of("<p>A&amp;B&lt;3&nbsp;米</p>") == "A&B<3\xa0米"
