"""Blocks as HTML: small pieces word for word."""

import pytest

from bot.domain.posts.draft import Picture
from bot.domain.releases.document import (
    Attachment,
    Block,
    Cell,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from bot.rendering.blocks import BlockWriter, LinkPolicy
from bot.rendering.markup import safe_link

PICTURE = Picture("a" * 64, "image/png", 4, 3)
STYLES = {
    "center": "text-align:center",
    "salutation": "text-indent:0",
    "heading_1": "font-size:18px",
}


def a_writer(links: LinkPolicy | None = None) -> BlockWriter:
    return BlockWriter(STYLES, links or LinkPolicy(), lambda image: PICTURE)


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Paragraph((Run("一般"),)), "<p>一般</p>"),
        (Paragraph((Run("标题"),), "center"), '<p style="text-align:center">标题</p>'),
        (
            Paragraph((Run("标准"), Run("300元", bold=True), Run("上下\n行", italic=True))),
            "<p>标准<strong>300元</strong><em>上下<br/>行</em></p>",
        ),
        (
            Heading("总则 <1>", 1),
            '<h2 style="font-size:18px"><strong>总则 &lt;1&gt;</strong></h2>',
        ),
        (Heading("二", 3), "<h4><strong>二</strong></h4>"),
        (ListBlock(((Run("甲&乙"),), (Run("丙"),))), "<ul><li>甲&amp;乙</li><li>丙</li></ul>"),
        (ListBlock(((Run("甲"),),), ordered=True), "<ol><li>甲</li></ol>"),
        (Quote(("引文",)), "<blockquote><p>引文</p></blockquote>"),
        (Rule(), "<hr/>"),
        (
            Table(((Cell("头", header=True, columns=2),), (Cell("左", rows=2), Cell("右")))),
            '<table border="1" cellpadding="5"><tr><th colspan="2">头</th></tr>'
            '<tr><td rowspan="2">左</td><td>右</td></tr></table>',
        ),
        (
            Image("https://a.example/1.png", alt='图"一"', caption="说明", credit="市民政局"),
            f'<section><img src="tongbu-picture:{"a" * 64}" alt="图&quot;一&quot;"/>'
            "<p>说明（图源：市民政局）</p></section>",
        ),
        (
            Attachment("表.xlsx", "https://a.example/b.xlsx"),
            "<p>附件：表.xlsx（https://a.example/b.xlsx）</p>",
        ),
        (Attachment("表.xlsx", "javascript:alert(1)"), "<p>附件：表.xlsx</p>"),
    ],
    ids=lambda value: getattr(value, "block", None),
)
def test_a_block_is_drawn_as_the_platforms_keep_it(block: Block, html: str) -> None:
    """Bare tags, escaped text, no class and no id."""
    assert a_writer().write(block).html == html


def test_a_link_that_survives_stays_a_link() -> None:
    """Everywhere on accounts where links live, and to hosts the platform keeps."""
    block = Paragraph((Run("公告", link="https://mp.weixin.qq.com/s/x"),))
    kept = LinkPolicy(kept_hosts=("mp.weixin.qq.com",))

    html = '<p><a href="https://mp.weixin.qq.com/s/x">公告</a></p>'
    assert a_writer(kept).write(block).html == html
    assert a_writer(LinkPolicy(all_survive=True)).write(block).html == html


def test_the_same_address_has_the_same_footnote() -> None:
    """Numbers run through the document; an address that is its own text needs none."""
    writer = a_writer()
    first = writer.write(Paragraph((Run("甲", link="https://a.example/1"),)))
    again = writer.write(Paragraph((Run("乙", link="https://a.example/1"),)))
    plain = writer.write(Paragraph((Run("见https://a.example/2", link="https://a.example/2"),)))

    assert first.footnotes == again.footnotes == ("<p>[1] https://a.example/1</p>",)
    assert again.html == "<p>乙<sup>[1]</sup></p>"
    assert plain.html == "<p>见https://a.example/2</p>"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?a=1#b", "https://a.example/x?a=1#b"),
        ("HTTP://A.example:8080/", "http://a.example:8080/"),
        ("https://a.example/政策", "https://a.example/%E6%94%BF%E7%AD%96"),
        ("https://a.example/%E6%94%BF", "https://a.example/%E6%94%BF"),
        ("https://someone:secret@a.example/", "https://a.example/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/x", ""),
        ("/zhengce/1.html", ""),
        ("https://", ""),
        ("https://[", ""),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/" + "x" * 1000, ""),
        (None, ""),
    ],
)
def test_only_web_addresses_pass(url: str | None, safe: str) -> None:
    """What is not http(s) with a host is no link; credentials never show."""
    assert safe_link(url) == safe


def test_the_receivers_in_the_first_line_stand_without_indent() -> None:
    """Only the first paragraph can name them; a later line with a colon is ordinary text."""
    writer = a_writer()
    receivers = Paragraph((Run("各区人民政府，市政府各部门："),))

    assert (
        writer.write(receivers).html == '<p style="text-indent:0">各区人民政府，市政府各部门：</p>'
    )
    assert writer.write(receivers).html == "<p>各区人民政府，市政府各部门：</p>"


def test_an_opening_sentence_is_no_list_of_receivers() -> None:
    """A sentence that announces what follows keeps its indent."""
    text = "现将有关事项通知如下："

    assert a_writer().write(Paragraph((Run(text),))).html == f"<p>{text}</p>"


def test_a_missing_picture_never_shows_a_file_name() -> None:
    """Readers see a plain sentence; the reason is for staff."""
    writer = BlockWriter(STYLES, LinkPolicy(), lambda image: None)

    piece = writer.write(Image("https://www.yunling.example/243b66761e7645eb8f9c.jpg"))

    assert "（图片暂缺，请查看原文）" in piece.html
    assert "243b" not in piece.html
