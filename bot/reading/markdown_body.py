"""A Markdown body as blocks: CommonMark with tables, through the one reader of HTML."""

from functools import cache
from typing import cast

from markdown_it import MarkdownIt

from bot.domain.releases.document import Document
from bot.reading.html_body import read_body
from bot.reading.html_page import parse_html
from bot.reading.notes import Notes


def read_markdown(text: str, notes: Notes) -> Document:
    """The blocks of `text`; raw HTML inside it is read by the same rules as a page."""
    if not text.strip():
        return Document(())
    html = cast(str, _parser().render(text))
    return read_body(parse_html(f"<html><body>{html}</body></html>"), notes)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
