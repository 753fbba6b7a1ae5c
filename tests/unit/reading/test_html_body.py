"""HTML bodies become blocks without losing a visible character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import InvalidInput
from bot.domain.releases.document import (
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from bot.reading.bodies import read_html, read_markdown_or_text
from bot.reading.html_page import parse_html
from bot.reading.notes import Notes

BASE = "https://www.linhe.example/zwgk/t1.html"


def _read(html: str) -> tuple[Document, Notes]:
    notes = Notes(BASE)
    return read_html(html, notes), notes


def _visible(text: str) -> str:
    return "".join(text.split())


def test_paragraphs_keep_style_link_and_alignment() -> None:
    """Bold by element and by style, links made whole, align by style and attribute."""
    html = (
        '<p>第一条 <b>重点</b><span style="font-weight:bold">内容</span>见'
        '<a href="/a.html">全文</a></p>'
        '<p style="text-align: right">临河区人民政府   </p><p align="center">公告</p>'
    )

    document, _ = _read(html)

    assert document.blocks == (
        Paragraph(
            (
                Run("第一条 "),
                Run("重点内容", bold=True),
                Run("见"),
                Run("全文", link="https://www.linhe.example/a.html"),
            )
        ),
        Paragraph((Run("临河区人民政府"),), "right"),
        Paragraph((Run("公告"),), "center"),
    )


def test_a_line_break_divides_paragraphs_and_a_source_line_end_does_not() -> None:
    """Chinese text wrapped in the source grows together without a blank."""
    document, _ = _read("<p>各有关\n  单位：<br/>请\n按 2 条办理 all the\nbest</p>")

    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "各有关单位：",
        "请按 2 条办理 all the best",
    ]


def test_a_bold_numbered_line_is_a_heading() -> None:
    """Government pages set headings as bold paragraphs."""
    document, _ = _read("<p><b>一、停放范围</b></p><p><b>二、时间：</b>三月起</p><h2>附件</h2>")

    assert document.blocks[0] == Heading("一、停放范围", 2)
    assert isinstance(document.blocks[1], Paragraph)
    assert document.blocks[2] == Heading("附件", 2)


def test_lists_quotes_rules_and_pictures() -> None:
    """Each has its block; a figure's caption stays with its picture."""
    document, _ = _read(
        "<ol><li>甲</li><li>乙</li></ol><blockquote><p>引文</p></blockquote><hr>"
        '<figure><img src="x.png" alt="路线图"><figcaption>图1</figcaption></figure>'
    )

    assert document.blocks == (
        ListBlock(((Run("甲"),), (Run("乙"),)), ordered=True),
        Quote(("引文",)),
        Rule(),
        Image("https://www.linhe.example/zwgk/x.png", "路线图", "图1"),
    )


def test_an_interrupted_numbered_list_keeps_its_numbers() -> None:
    """A reader must find item 2 under its number even though a list stands inside item 1."""
    document, notes = _read("<ol><li>甲<ul><li>子</li></ul></li><li>乙</li></ol>")

    assert document.text == "1. 甲\n子\n2. 乙"
    assert notes.counts["lists_split"] == 1


def test_a_table_keeps_spans_headers_and_caption() -> None:
    """Cells are text with their spans; pictures of cells follow the table."""
    document, notes = _read(
        "<table><caption>表1</caption><thead><tr><th colspan=2>项目</th></tr></thead>"
        "<tr><td rowspan='2'>甲<p>乙</p></td><td>1<img src='/p.png'></td></tr></table>"
    )
    table, picture = document.blocks

    assert isinstance(table, Table)
    assert table.caption == "表1"
    assert (table.rows[0][0].text, table.rows[0][0].columns, table.rows[0][0].header) == (
        "项目",
        2,
        True,
    )
    assert (table.rows[1][0].text, table.rows[1][0].rows) == ("甲\n乙", 2)
    assert isinstance(picture, Image)
    assert notes.counts["pictures_moved"] == 1


def test_a_layout_table_is_read_as_the_text_it_holds() -> None:
    """Old pages lay everything out in tables; the inner data table stays one."""
    document, notes = _read(
        "<table><tr><td>左栏</td><td><p>正文</p><table><tr><td>1</td><td>2</td></tr></table>"
        "</td></tr></table>"
    )

    assert [block.block for block in document.blocks] == ["paragraph", "paragraph", "table"]
    assert notes.counts["layout_tables"] == 1


def test_what_cannot_be_shown_is_left_out_with_a_finding() -> None:
    """Scripts, styles, controls, media and invisible elements are named."""
    document, notes = _read(
        "<p>甲<script>alert(1)</script></p><style>p{}</style><form>乙<input value=x></form>"
        '<iframe src="https://v.example"></iframe><p style="display:none">藏</p>'
    )

    assert document.text == "甲\n乙"
    assert {f.code for f in notes.all_findings()} == {"dropped", "hidden"}
    assert set(notes.dropped) == {"script", "style", "input", "iframe"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "mailto:a@b.example", "http://[x"])
def test_a_link_that_is_no_web_address_leaves_its_text(address: str) -> None:
    """Nothing but http(s) ever becomes a link."""
    document, notes = _read(f'<p><a href="{address}">联系</a></p>')

    assert document.blocks == (Paragraph((Run("联系"),)),)
    assert notes.counts["link_lost"] == 1


def test_linked_files_are_remembered_as_attachments() -> None:
    """The text keeps its link as well."""
    _, notes = _read('<p>附件：<a href="./f.docx?v=1">申请表</a></p>')

    assert [(a.name, a.url) for a in notes.attachments] == [
        ("申请表", "https://www.linhe.example/zwgk/f.docx?v=1")
    ]


@pytest.mark.parametrize("depth", [500, 3000])
def test_a_page_nested_too_deep_is_refused_and_not_emptied(depth: int) -> None:
    """The parser silently loses such a page; a refusal does not."""
    with pytest.raises(InvalidInput, match="嵌套"):
        _read("<div>" * depth + "正文" + "</div>" * depth)


_TEXT = st.text(alphabet="政策 文件。（一）12ab \n\u3000&<“”：", min_size=1, max_size=12).map(
    lambda t: t.replace("&", "&amp;").replace("<", "&lt;")
)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        [
            "p",
            "div",
            "span",
            "b",
            "em",
            "ul:li",
            "ol:li",
            "blockquote",
            "h1",
            "h3",
            "section",
            "table:tr:td",
            "pre",
            "a",
            "center",
            "dl:dt",
        ]
    )

    def wrap(tag: str, parts: list[str]) -> str:
        names = tag.split(":")
        opened = "".join(f"<{n}>" for n in names)
        closed = "".join(f"</{n}>" for n in reversed(names))
        return opened + "".join(parts) + closed

    return st.builds(wrap, tags, st.lists(inner, min_size=1, max_size=4))


@settings(max_examples=150)
@given(st.lists(st.recursive(_TEXT, _wrapped, max_leaves=12), min_size=1, max_size=5))
def test_every_visible_character_stays_in_its_order(parts: list[str]) -> None:
    """Whatever the nesting, the text of the page is found in the text of the document."""
    html = "<html><body>" + "".join(parts) + "</body></html>"
    wanted = _visible(str(parse_html(html).text_content()))

    document, _ = _read(html)

    rest = iter(_visible(document.text))
    assert all(character in rest for character in wanted)


def test_half_a_character_becomes_a_visible_mark() -> None:
    """A lone surrogate could never be stored; it is shown as damage."""
    document, _ = _read("<p>甲\ud800乙</p>")

    assert document.text == "甲\ufffd乙"


def test_markdown_nested_too_deep_is_refused_and_not_emptied() -> None:
    """The Markdown parser stops at a depth without a word."""
    with pytest.raises(InvalidInput, match="嵌套"):
        read_markdown_or_text("> " * 300 + "正文", Notes())
