"""Inline text of HTML: styled pieces become runs with a browser's rules for blanks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.domain.releases.document import Run

BREAK = "\v"
"""A forced line end inside a paragraph; cleaning guarantees that no text contains it."""

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NEEDS_WORK = re.compile(r"[\t\n\r\f]| {2}|^[ \u3000]|[ \u3000]$")
_NO_BLANK_BESIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]")


Cut = tuple[int, int, str]
"""Start, end and replacement, in characters of a whole line."""


@dataclass(frozen=True)
class Style:
    """What surrounds a piece of text."""

    bold: bool = False
    italic: bool = False
    link: str | None = None
    align: str = "left"
    keeps_blanks: bool = False


@dataclass(frozen=True)
class Piece:
    """Text as it stands in the source, with its style."""

    text: str
    style: Style


def lines_of(pieces: list[Piece]) -> list[tuple[Run, ...]]:
    """The pieces as lines of runs: cut at forced line ends, blanks collapsed, empty lines gone."""
    if len(pieces) == 1 and _is_plain(pieces[0].text):
        text, style = pieces[0].text, pieces[0].style
        return [(Run(text, style.bold, style.italic, style.link),)]
    lines: list[list[Run]] = [[]]
    for piece in pieces:
        for number, part in enumerate(piece.text.split(BREAK)):
            if number:
                lines.append([])
            if part:
                style = piece.style
                lines[-1].append(Run(part, style.bold, style.italic, style.link))
    collapsed = (_merge(_collapse(line)) if line else () for line in lines)
    return [line for line in collapsed if line]


def _is_plain(text: str) -> bool:
    """Whether `text` is one line without any blank to take away; not printable are line ends,
    tabs and every space but the plain one."""
    return text.isprintable() and "  " not in text and text != "" and " " not in (text[0], text[-1])


def _collapse(runs: list[Run]) -> list[Run]:
    joined = "".join(run.text for run in runs)
    if not _NEEDS_WORK.search(joined):
        return runs
    start = len(joined) - len(joined.lstrip())
    end = len(joined.rstrip())
    cuts = [(m.start(), m.end(), _blank(joined, m)) for m in _BLANKS.finditer(joined, start, end)]
    cuts = [(0, start, ""), *cuts, (max(end, start), len(joined), "")]
    return list(_cut_all(runs, cuts))


def _cut_all(runs: list[Run], cuts: list[Cut]) -> Iterator[Run]:
    """Each run without its part of every cut; a cut's replacement stays where the cut begins."""
    begin, next_cut = 0, 0
    for run in runs:
        end = begin + len(run.text)
        kept, place = "", begin
        while next_cut < len(cuts) and cuts[next_cut][0] < end:
            start, stop, replacement = cuts[next_cut]
            kept += _part(run.text, begin, place, start)
            kept += replacement if start >= begin else ""
            place = max(place, min(stop, end))
            if stop > end:
                break
            next_cut += 1
        kept += _part(run.text, begin, place, end)
        if kept:
            yield Run(kept, run.bold, run.italic, run.link)
        begin = end


def _part(text: str, begin: int, start: int, stop: int) -> str:
    """The part of `text`, which begins at `begin` of the whole, between two places of the whole."""
    return text[max(start - begin, 0) : max(stop - begin, 0)]


def _blank(joined: str, match: re.Match[str]) -> str:
    """A line end between two Chinese characters is no blank; everything else is one."""
    if "\n" not in match.group():
        return " "
    before, after = joined[match.start() - 1], joined[match.end()]
    both = _NO_BLANK_BESIDE.match(before) and _NO_BLANK_BESIDE.match(after)
    return "" if both else " "


def _merge(runs: list[Run]) -> tuple[Run, ...]:
    def style(run: Run) -> tuple[bool, bool, str | None]:
        return run.bold, run.italic, run.link

    return tuple(
        Run("".join(run.text for run in group), *key) for key, group in groupby(runs, key=style)
    )
