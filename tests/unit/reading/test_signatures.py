"""Signatures at the right, where a text lost its alignment."""

from bot.domain.releases.document import Document, Paragraph
from bot.reading.bodies import read_html, read_markdown_or_text
from bot.reading.notes import Notes


def alignments(document: Document) -> list[tuple[str, str]]:
    """Alignment and text of every paragraph."""
    return [(b.align, b.text) for b in document.blocks if isinstance(b, Paragraph)]


def test_bodies_and_the_date_below_them_stand_at_the_right() -> None:
    """As many bodies as signed, and nothing above them."""
    lines = ["请执行。", "临河区财政局", "临河区商务局", "二〇二七年五月八日", "（此件公开发布）"]

    assert alignments(read_markdown_or_text("\n\n".join(lines), Notes())) == [
        ("left", "请执行。"),
        ("right", "临河区财政局"),
        ("right", "临河区商务局"),
        ("right", "二〇二七年五月八日"),
        ("left", "（此件公开发布）"),
    ]


def test_a_date_below_a_title_is_not_a_signature() -> None:
    """A line that follows no running text belongs to the head."""
    html = "<p>临河区停车办法</p><p>2027年5月8日</p><p>第一条　为了规范停车，制定本办法。</p>"

    assert [align for align, _ in alignments(read_html(html, Notes()))] == ["left"] * 3


def test_a_date_inside_the_text_stays_where_it_is() -> None:
    """Without somebody who signs there is no signature."""
    html = "<p>施行日期如下。</p><p>2027年5月8日</p>"

    assert [align for align, _ in alignments(read_html(html, Notes()))] == ["left"] * 2
