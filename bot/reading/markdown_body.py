"""A Markdown body as blocks: CommonMark with tables, through the one reader of HTML."""

import re
from functools import cache
from typing import cast

from markdown_it import MarkdownIt

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.document import Document
from bot.reading.html_body import DEEPEST, read_body
from bot.reading.html_page import parse_html
from bot.reading.notes import Notes

_SIGNS = "。，、；：！？—…“”‘’（）《》〈〉【】〔〕"
_BESIDE_SIGNS = re.compile(
    rf"(?<![*\\`])\*\*(?=[^\s*])(?P<bold>[^*`\n]*[{_SIGNS}])\*\*(?=[^\s*])"
    rf"|(?<=[^\s*\\`])\*\*(?P<quoted>[{_SIGNS}][^*`\n]*[^\s*])\*\*(?!\*)"
)


def read_markdown(text: str, notes: Notes) -> Document:
    """The blocks of `text`; raw HTML inside it is read by the same rules as a page.

    Raises:
        InvalidInput: it nests deeper than can be read without loss.
    """
    if not text.strip():
        return Document(())
    parser = _parser()
    tokens = parser.parse(_BESIDE_SIGNS.sub(_strong, text))
    if any(token.level > DEEPEST for token in tokens):
        raise InvalidInput(
            [Problem("正文", "引用或列表嵌套过深，无法完整读取，请简化格式后重新提交")]
        )
    html = cast(str, parser.renderer.render(tokens, parser.options, {}))
    return read_body(parse_html(f"<html><body>{html}</body></html>"), notes)


def _strong(match: re.Match[str]) -> str:
    """Bold whose marks touch a Chinese sign, which CommonMark's rules for spaces leave as stars."""
    return f"<strong>{match['bold'] or match['quoted']}</strong>"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * DEEPEST}).enable(
        ["table", "strikethrough"]
    )
