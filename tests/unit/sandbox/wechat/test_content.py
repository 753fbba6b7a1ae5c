"""What the filter keeps of an article."""

import pytest

from bot.sandbox.wechat.content import Keeps, filter_content, is_whole_page, plain_text

OURS = "http://mmbiz.qpic.cn/sz_mmbiz_png/abc/0?wx_fmt=png"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("<p>甲 &amp; 乙&#12289;丙</p>", "<p>甲 &amp; 乙&#12289;丙</p>", id="text"),
        pytest.param("<P STYLE='color:red'>甲</P>", "<P STYLE='color:red'>甲</p>", id="spelling"),
        pytest.param("甲<script>if(a<b){}</script>乙", "甲乙", id="script"),
        pytest.param('甲<iframe src="x"><p>丙</p></iframe>乙', "甲乙", id="iframe"),
        pytest.param("<form><p>甲</p><input/></form>", "<p>甲</p>", id="form"),
        pytest.param('<p id="a" style="margin:0">甲</p>', '<p style="margin:0">甲</p>', id="id"),
        pytest.param('<img src="data:image/png;base64,AA"/>', "", id="embedded picture"),
        pytest.param(f'<img data-src="{OURS}"/>', f'<img data-src="{OURS}"/>', id="lazy picture"),
        pytest.param('<a href="javascript:x()">甲</a>', "<a>甲</a>", id="script link"),
        pytest.param("<!-- 注 --><p>甲</p>", "<p>甲</p>", id="remark"),
        pytest.param('<td colspan="2">甲</td>', '<td colspan="2">甲</td>', id="table"),
    ],
)
def test_the_filter_keeps_what_the_platform_keeps(sent, kept):
    """Touched tags are written anew, all else stays as it was."""
    assert filter_content(sent, Keeps()) == kept


def test_the_other_readings_are_switches():
    """class may stay, and src may become data-src."""
    sent = f'<p class="a"><img src="{OURS}"/></p>'

    kept = filter_content(sent, Keeps(class_attribute=True, lazy_images=True))

    assert kept == f'<p class="a"><img data-src="{OURS.replace("&", "&amp;")}"/></p>'


def test_links_to_articles_of_the_sandbox_stay():
    """An article published here counts as one of the platform's."""
    sent = '<a href="http://127.0.0.1:8101/s/x">旧文</a>'

    assert filter_content(sent, Keeps(own_hosts=frozenset({"127.0.0.1:8101"}))) == sent


def test_a_page_is_told_from_a_fragment():
    """A header is no head."""
    assert is_whole_page("<!DOCTYPE html><p>甲")
    assert is_whole_page("<body class='a'>")
    assert not is_whole_page("<header>甲</header>")


def test_plain_text_has_no_tags_and_single_spaces():
    """Entities are resolved."""
    assert plain_text("<p>甲&nbsp;乙</p>\n<p>丙&lt;</p>") == "甲 乙 丙<"
