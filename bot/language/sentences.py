"""Splitting Chinese (and English) text into sentences."""

import re

_CLOSERS = "”’」』\"'"
_END = re.compile(rf"(?:[。！？!?]|……|\.(?=\s|$))[{_CLOSERS}]*")
_OPENERS = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」"}


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, each with its own end mark; joined they give the text's words.

    A line end always ends a sentence. Marks inside brackets, book titles and quotations do not,
    unless the quotation itself closes right after the mark.
    """
    found = [s for line in text.split("\n") for s in _split_line(line)]
    return tuple(found)


def _split_line(line: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(line):
        piece = line[start : match.end()]
        if _is_open(piece):
            continue
        if piece.strip():
            sentences.append(piece.strip())
        start = match.end()
    rest = line[start:].strip()
    return [*sentences, rest] if rest else sentences


def _is_open(piece: str) -> bool:
    return any(piece.count(o) > piece.count(c) for o, c in _OPENERS.items())
