"""The words a paragraph opens with that readers look for: 第三条, （二）加强监管。"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.releases.document import Run

_LONGEST_LEAD = 32
_LONG_DOCUMENT, _SHORT_LINES = 8000, 50
_MOST, _MOST_IN_SHORT_LINES = 0.22, 0.32
"""The share of tags; headings and tables need the rest of a quarter and of a third."""
_TAGS_OF_A_LINE, _TAGS_OF_A_LEAD = len("<p></p>") - 1, len("<strong></strong>")
_COUNT = "[一二三四五六七八九十百零〇]+"
_ARTICLE = re.compile(rf"第{_COUNT}条(?:之{_COUNT})?(?=[ \u3000])")
_ITEM = re.compile(rf"[（(]{_COUNT}[）)][^。；：\n]{{2,{_LONGEST_LEAD}}}[。：](?=.)")


def lead_length(text: str) -> int:
    """How many characters of `text` are its lead; 0 when it has none."""
    # Most paragraphs begin otherwise; looking at one character keeps long documents fast.
    first = text[:1]
    if first == "第":
        found = _ARTICLE.match(text)
    elif first in ("（", "("):
        found = _ITEM.match(text)
    else:
        return 0
    return found.end() if found else 0


def item_lead(text: str) -> str:
    """The lead of an item, （二）加强监管, without its end mark; empty when it has none."""
    found = _ITEM.match(text)
    return found.group()[:-1] if found else ""


def with_bold_start(runs: Iterable[Run], length: int) -> Iterator[Run]:
    """`runs` with the first `length` characters bold."""
    left = length
    for run in runs:
        if left <= 0 or run.bold:
            yield run
        elif len(run.text) <= left:
            yield replace(run, bold=True)
        else:
            yield replace(run, text=run.text[:left], bold=True)
            yield replace(run, text=run.text[left:])
        left -= len(run.text)


def affords_leads(text: str) -> bool:
    """Whether bold leads leave the tags a small part of a long text.

    The platform counts tags; an ordinance of a hundred short articles would spend a third of
    them on its numbers. Short documents have room.
    """
    if len(text) <= _LONG_DOCUMENT:
        return True
    lines = text.split("\n")
    leads = sum(map(bool, map(lead_length, lines)))
    is_of_short_lines = len(text) / len(lines) < _SHORT_LINES
    tags = _TAGS_OF_A_LINE * len(lines) + _TAGS_OF_A_LEAD * leads
    return tags <= len(text) * (_MOST_IN_SHORT_LINES if is_of_short_lines else _MOST)
