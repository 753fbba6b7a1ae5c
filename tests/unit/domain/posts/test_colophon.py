"""署名: the names of those behind a post stand in it when it goes out, and change no approval."""

import pytest

from bot.domain.posts.colophon import asks_for_names, hands_in, signed_off
from bot.domain.posts.draft import Article, DraftContent
from tests import factories as make

LINE = "<p>撰稿：{撰稿}　编辑：{编辑}　审核：{审核}</p>"
NAMES = {"zhao": "赵晓岚", "wang": "王立新", "qian": "钱<b>"}


def content(html: str) -> DraftContent:
    return DraftContent((Article("标题", html),))


def printed(html: str, *, unknown: str = "", **post: object) -> str:
    hands = hands_in(make.post(**post), NAMES)
    return signed_off(content(html), hands, unknown=unknown).articles[0].html


def test_the_names_of_those_behind_it_are_printed() -> None:
    """Who wrote, who edited, who approved; names in the place of logins."""
    line = printed(LINE, keeper="zhao", hands=("zhao", "wang"), approved_by="wang")

    assert line == "<p>撰稿：赵晓岚　编辑：赵晓岚、王立新　审核：王立新</p>"


def test_where_nobody_did_anything_nothing_is_said() -> None:
    """What the template wrote has no writer and no editor, and no empty words for them."""
    assert printed(LINE, approved_by="wang") == "<p>审核：王立新</p>"


def test_a_preview_says_that_a_step_is_still_to_come() -> None:
    """Whoever reviews sees that their name will stand there."""
    assert printed("<p>审核：{审核}</p>", approved_by=None, unknown="（通过后填写）") == (
        "<p>审核：（通过后填写）</p>"
    )


def test_a_name_is_never_markup() -> None:
    """It comes from people."""
    assert printed("<p>{审核}</p>", approved_by="qian") == "<p>钱&lt;b&gt;</p>"


@pytest.mark.parametrize("html", ["<p>编辑：李编</p>", "<p>{作者}</p>", "<p>审核 {}</p>"])
def test_other_words_stay_as_they_are(html: str) -> None:
    """A line without places is printed as the office wrote it."""
    assert not asks_for_names(content(html))
    assert printed(html, approved_by="wang") == html
