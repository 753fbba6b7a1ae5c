"""Pieces of a long document laid out over articles, broken before headings where possible."""

from collections.abc import Callable, Iterable, Sequence
from math import ceil

from bot.domain.releases.document import Block
from bot.rendering.blocks import Piece
from bot.rendering.fragments import halves

Page = tuple[Piece, ...]

_SLACK = 1.15


def fitting_pieces(
    blocks: Iterable[Block], *, room: int, write: Callable[[Block], Piece]
) -> list[Piece]:
    """Every block drawn, those longer than `room` characters cut until they fit.

    A piece that cannot be cut any further stays longer than `room`.
    """
    pieces: list[Piece] = []
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        piece = write(block)
        parts = halves(block) if piece.size > room else None
        if parts is None:
            pieces.append(piece)
        else:
            waiting.extend(reversed(parts))
    return pieces


def paginate(pieces: Sequence[Piece], room: int) -> list[Page]:
    """The pieces on as few pages of `room` characters as needed, of about equal length."""
    pages = _fill(pieces, room)
    even = ceil(sum(piece.size for piece in pieces) / max(len(pages), 1) * _SLACK)
    evened = _fill(pieces, min(even, room))
    return evened if len(evened) == len(pages) else pages


def _fill(pieces: Sequence[Piece], room: int) -> list[Page]:
    pages: list[Page] = []
    start = 0
    while start < len(pieces):
        end = _furthest(pieces, start, room)
        if end < len(pieces):
            end = _good_break(pieces, start, end)
        pages.append(tuple(pieces[start:end]))
        start = end
    return pages


def _furthest(pieces: Sequence[Piece], start: int, room: int) -> int:
    left = room
    for index in range(start, len(pieces)):
        left -= pieces[index].size
        if left < 0:
            return max(index, start + 1)
    return len(pieces)


def _good_break(pieces: Sequence[Piece], start: int, end: int) -> int:
    """Before the highest heading in the last half of the page, else not after a heading."""
    half = start + (end - start + 1) // 2
    headings = [index for index in range(end, half, -1) if pieces[index].level]
    if headings:
        return min(headings, key=lambda index: pieces[index].level)
    while end > start + 1 and pieces[end - 1].level:
        end -= 1
    return end
