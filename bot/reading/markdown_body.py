"""A Markdown body as blocks: CommonMark with tables, through the one reader of HTML."""

import re

import pyromark

from bot.domain.releases.document import Document
from bot.reading.html_body import read_body
from bot.reading.html_page import parse_html
from bot.reading.notes import Notes

_SIGNS = "。，、；：！？—…“”‘’（）《》〈〉【】〔〕"
_BOLD = re.compile(
    rf"\*\*(?:(?<![*\\`]\*\*)(?=[^\s*])(?P<bold>[^*`\n]*[{_SIGNS}])\*\*(?=[^\s*])"
    rf"|(?<=[^\s*\\`]\*\*)(?P<quoted>[{_SIGNS}][^*`\n]*[^\s*])\*\*(?!\*))"
)
# pulldown-cmark would take the single ~ of "5~10 天，8~12 天" for a mark as well.
_STRUCK = re.compile(r"~~(?<![~\\`]~~)(?!\s)(?P<struck>(?:[^~`\n]|\n(?!\s*\n))+)(?<!\s)~~(?!~)")


def read_markdown(text: str, notes: Notes) -> Document:
    """The blocks of `text`; raw HTML inside it is read by the same rules as a page.

    Raises:
        InvalidInput: it nests deeper than can be read without loss.
    """
    if not text.strip():
        return Document(())
    marked = _STRUCK.sub(r"<del>\g<struck></del>", _BOLD.sub(_strong, text))
    html = pyromark.html(marked, options=pyromark.Options.ENABLE_TABLES)
    return read_body(parse_html(f"<html><body>{html}</body></html>"), notes)


def _strong(match: re.Match[str]) -> str:
    """Bold whose marks touch a Chinese sign, which CommonMark's rules for spaces leave as stars."""
    return f"<strong>{match['bold'] or match['quoted']}</strong>"
