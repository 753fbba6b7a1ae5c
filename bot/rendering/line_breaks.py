"""Lines broken as a Chinese typesetter would (避头尾): balanced for titles, filled for text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, inf
from typing import Protocol

from bot.ports.wording import SplitWords

NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕〗”’·…—～‐％‰℃,.;:?!)]}%")
"""Signs that begin no line."""
NOT_LAST = frozenset("（《〈「『【〔〖“‘([{#＃￥$№")
"""Signs that end no line."""

_PIECE = re.compile(
    r"[0-9A-Za-z〇]+(?:[.．,:/\-—–~～·][0-9A-Za-z〇]+)*[%％‰℃]?|…+|—+|\s|.", re.DOTALL
)
_COUNTED = frozenset("年月日号条款项章届次期个件人元万亿户项名批周岁倍")
_GOOD_AFTER = frozenset("、，：；》”）　 ")
_GOOD_BEFORE = ("关于", "《", "“", "支持", "推进", "加强", "促进", "进一步", "（")
_BRACKETS = dict(zip("《“（〔「【", "》”）〕」】", strict=True))

_NEVER, _TORN_WORD, _TORN_NUMBER, _TORN_NAME = 50.0, 3.0, 2.0, 0.5
_LONGEST_NAME = 14
_LONE_CHARACTER, _PLAIN_BREAK, _EACH_LINE = 0.5, 0.15, 0.15


class Measure(Protocol):
    """What lines are measured with."""

    def width(self, text: str) -> float:
        """How many pixels `text` takes."""
        ...


def balanced_lines(text: str, face: Measure, width: float, split_words: SplitWords) -> list[str]:
    """`text` on few lines of at most `width` pixels and of even length, for a title.

    No line breaks inside a word, a number with its unit, or a short name in brackets, unless
    there is no other way. Nothing is lost but the spaces at line ends.
    """
    pieces = _pieces_of(" ".join(text.split()), face, width, split_words)
    if not pieces:
        return []
    return [line.strip() for line in _Balance(pieces, face, width).lines()]


def filled_lines(text: str, face: Measure, width: float, *, first: float = 0) -> list[str]:
    """`text` on lines filled up to `width` pixels, for running text; `first` is the indent."""
    lines: list[str] = []
    line: list[str] = []
    used = first
    for piece in _fitting(_PIECE.findall(" ".join(text.split())), face, width):
        length = face.width(piece)
        if line and used + length > width:
            carried = _carried(line, piece)
            lines.append("".join(line[: len(line) - len(carried)]).rstrip())
            line = carried
            used = sum(map(face.width, line))
        if line or not piece.isspace():
            line.append(piece)
            used += length
    return [*lines, "".join(line).rstrip()] if line else lines


def pieces_of(line: str) -> list[str]:
    """The pieces of a line that space may be put between."""
    return _PIECE.findall(line)


def _carried(line: Sequence[str], following: str) -> list[str]:
    """What has to go down to the next line, so that neither line breaks the rules."""
    at = len(line)
    while at > 1 and (following[0] in NOT_FIRST or line[at - 1][-1] in NOT_LAST):
        at -= 1
        following = line[at]
    return list(line[at:])


def _pieces_of(
    text: str, face: Measure, width: float, split_words: SplitWords
) -> list[tuple[str, bool]]:
    """Words, numbers and signs; with whether a piece begins in the middle of a word."""
    pieces: list[tuple[str, bool]] = []
    for word in _joined_numbers(split_words(text)):
        parts = [word] if face.width(word) <= width else _fitting(list(word), face, width)
        pieces += [(part, number > 0) for number, part in enumerate(parts)]
    return pieces


def _joined_numbers(words: Sequence[str]) -> list[str]:
    """Words, but what belongs together by `_PIECE` is one even where the word list parts it."""
    text = "".join(words)
    starts = {0}
    at = 0
    for word in words:
        at += len(word)
        starts.add(at)
    inside = {
        place for found in _PIECE.finditer(text) for place in range(found.start() + 1, found.end())
    }
    cuts = sorted(starts - inside | {0, len(text)})
    return [text[start:end] for start, end in pairwise(cuts)]


def _fitting(pieces: Sequence[str], face: Measure, width: float) -> list[str]:
    """The pieces, those that are wider than a line cut into characters."""
    fitting: list[str] = []
    for piece in pieces:
        fitting += [piece] if face.width(piece) <= width else list(piece)
    return fitting


class _Balance:
    """The division of least cost: uneven lines and bad breaks both cost."""

    def __init__(self, pieces: Sequence[tuple[str, bool]], face: Measure, width: float) -> None:
        self._texts = [text for text, _ in pieces]
        self._torn = [torn for _, torn in pieces]
        self._widths = [face.width(text) for text in self._texts]
        self._width = width
        total = sum(self._widths)
        fewest = max(1, ceil(total / width))
        self._ideal = max(1.0, min(width, total / fewest * 1.02))
        self._names = self._costs_inside_names()

    def lines(self) -> list[str]:
        best: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * len(self._texts)
        for end in range(1, len(self._texts) + 1):
            length, after = 0.0, self._break_cost(end) if end < len(self._texts) else 0.0
            for start in range(end - 1, -1, -1):
                length += self._widths[start]
                if length > self._width and start < end - 1:
                    break
                uneven = ((length - self._ideal) / self._ideal) ** 2
                cost = best[start][0] + uneven + _EACH_LINE + after
                if cost < best[end][0]:
                    best[end] = (cost, start)
        lines: list[str] = []
        end = len(self._texts)
        while end:
            start = best[end][1]
            lines.append("".join(self._texts[start:end]))
            end = start
        return lines[::-1]

    def _break_cost(self, at: int) -> float:
        """How bad it is to begin a line with piece `at`."""
        before, after = self._texts[at - 1], self._texts[at]
        if after[0] in NOT_FIRST or before[-1] in NOT_LAST:
            return _NEVER
        cost = self._names[at]
        if self._torn[at]:
            return cost + _TORN_WORD
        if _tears_number(before, after):
            return cost + _TORN_NUMBER
        if before[-1] in _GOOD_AFTER or "".join(self._texts[at : at + 3]).startswith(_GOOD_BEFORE):
            return cost
        if len(after) == 1 and not after.isspace():
            cost += _LONE_CHARACTER
        return cost + _PLAIN_BREAK

    def _costs_inside_names(self) -> list[float]:
        """For every piece, what it costs to part the brackets around it that fit on a line."""
        costs = [0.0] * (len(self._texts) + 1)
        for start, end in self._spaced_names():
            for inside in range(start + 1, end):
                costs[inside] += _TORN_NAME
        opened: list[tuple[str, int]] = []
        for at, text in enumerate(self._texts):
            if text in _BRACKETS:
                opened.append((_BRACKETS[text], at))
            elif opened and text == opened[-1][0]:
                _, start = opened.pop()
                if sum(self._widths[start : at + 1]) <= self._width:
                    for inside in range(start + 1, at + 1):
                        costs[inside] += _TORN_NAME
        return costs

    def _spaced_names(self) -> Iterator[tuple[int, int]]:
        """Names of bodies stand before 关于, set apart by spaces if there are several."""
        ends = [at for at, text in enumerate(self._texts) if text.isspace() or text == "关于"]
        for start, end in pairwise([-1, *ends]):
            name = "".join(self._texts[start + 1 : end])
            follows_space = start < 0 or self._texts[start].isspace()
            if follows_space and len(name) <= _LONGEST_NAME and not name.isascii():
                yield start + 1, end


def _tears_number(before: str, after: str) -> bool:
    return (before[-1].isdigit() and after[0] in _COUNTED) or (
        before[-1] == "第" and after[0].isalnum()
    )
