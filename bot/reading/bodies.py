"""A body given as HTML, Markdown or plain text becomes a Document."""

from collections.abc import Callable

from bot.domain.releases.document import Document
from bot.reading.fields import Fields
from bot.reading.html_body import read_body
from bot.reading.html_page import parse_html
from bot.reading.line_shapes import is_tidy_markdown
from bot.reading.markdown_body import read_markdown
from bot.reading.notes import Notes
from bot.reading.numbered_headings import with_numbered_headings
from bot.reading.signatures import with_signatures_right
from bot.reading.tidy_text import read_text

ReadBody = Callable[[Fields, Notes], Document | None]
BODY_FIELDS = ("body_html", "body_markdown", "body")


def read_body_field(fields: Fields, notes: Notes) -> Document | None:
    """The body of the object, None when there is none.

    `body_markdown` that does not follow Markdown's rules (text out of a PDF or a web page) is
    read as plain text, and a finding says so.
    """
    given = [name for name in BODY_FIELDS if fields.has(name)]
    if len(given) > 1:
        fields.fault(given[1], f"正文只能给一种，已有 {given[0]}，请删去其余的")
    if not given:
        return None
    text = fields.long_text(given[0])
    if text is None:
        return None
    document = _READERS[given[0]](text, notes)
    return document if document.blocks else None


def read_html(text: str, notes: Notes) -> Document:
    """The blocks of an HTML fragment or page."""
    return with_signatures_right(read_body(parse_html(text), notes))


def read_markdown_or_text(text: str, notes: Notes) -> Document:
    """Markdown where `text` keeps its rules, else plain text."""
    cleaned = notes.clean(text)
    if is_tidy_markdown(cleaned):
        tidy = with_numbered_headings(read_markdown(cleaned, notes), notes)
        return with_signatures_right(tidy)
    notes.find("read_as_text", "正文不是规范的 Markdown，已按纯文本整理段落", "正文")
    return with_signatures_right(read_text(cleaned, notes))


_READERS = {
    "body_html": read_html,
    "body_markdown": read_markdown_or_text,
    "body": read_text,
}
