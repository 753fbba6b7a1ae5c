"""Blocks too long for one article, cut in two where a reader would pause."""

import re
from dataclasses import replace

from bot.domain.releases.document import (
    Block,
    Cell,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)

_PAUSES = re.compile(r"[。！？；!?;][”’》）)]*|[，、：,]|\n")


def halves(block: Block) -> tuple[Block, Block] | None:
    """`block` as two that say the same one after the other; None when it cannot be cut."""
    match block:
        case Paragraph(runs=runs) if len(block.text) > 1:
            first, second = _cut_runs(runs)
            return replace(block, runs=first), replace(block, runs=second)
        case Heading(text=text) if len(text) > 1:
            at = _pause(text)
            return replace(block, text=text[:at]), replace(block, text=text[at:])
        case ListBlock(items=items):
            return _cut_list(block, items)
        case Quote(paragraphs=lines):
            return _cut_quote(block, lines)
        case Table():
            return _cut_table(block)
        case _:
            return None


def _pause(text: str) -> int:
    """Where to cut `text` in two: the pause nearest its middle, best after a sentence."""
    middle = len(text) / 2
    found = [match.end() for match in _PAUSES.finditer(text) if 0 < match.end() < len(text)]
    near = [at for at in found if abs(at - middle) < middle / 2]
    sentences = [at for at in near if text[at - 1] not in "，、：,"]
    places = sentences or near or [max(1, int(middle))]
    return min(places, key=lambda at: abs(at - middle))


def _cut_runs(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    left = _pause("".join(run.text for run in runs))
    for index, run in enumerate(runs):
        if left <= len(run.text):
            head, tail = replace(run, text=run.text[:left]), replace(run, text=run.text[left:])
            return (*runs[:index], head), (*((tail,) if tail.text else ()), *runs[index + 1 :])
        left -= len(run.text)
    return runs, ()


def _cut_list(
    block: ListBlock, items: tuple[tuple[Run, ...], ...]
) -> tuple[ListBlock, ListBlock] | None:
    if len(items) > 1:
        at = len(items) // 2
        return replace(block, items=items[:at]), replace(block, items=items[at:])
    if not items or sum(len(run.text) for run in items[0]) < 2:
        return None
    first, second = _cut_runs(items[0])
    return replace(block, items=(first,)), replace(block, items=(second,))


def _cut_quote(block: Quote, lines: tuple[str, ...]) -> tuple[Quote, Quote] | None:
    if len(lines) > 1:
        at = len(lines) // 2
        return Quote(lines[:at]), Quote(lines[at:])
    if not lines or len(lines[0]) < 2:
        return None
    at = _pause(lines[0])
    return replace(block, paragraphs=(lines[0][:at],)), Quote((lines[0][at:],))


def _cut_table(block: Table) -> tuple[Table, Table] | None:
    head = 1 if block.rows and all(cell.header for cell in block.rows[0]) else 0
    if len(block.rows) > head + 1:
        at = _row_boundary(block.rows, head)
        above = tuple(_clipped(row, at - index) for index, row in enumerate(block.rows[:at]))
        below = (*(_clipped(row, 1) for row in block.rows[:head]), *block.rows[at:])
        return Table(above, block.caption), Table(below, "")
    return _cut_row(block, head)


def _row_boundary(rows: tuple[tuple[Cell, ...], ...], head: int) -> int:
    """The row to begin the second half with: near the middle, where no cell spans across."""
    reach, open_rows = 0, []
    for index, row in enumerate(rows):
        if index > head and reach <= index:
            open_rows.append(index)
        reach = max([reach, *(index + cell.rows for cell in row)])
    middle = (len(rows) + head) // 2
    return min(open_rows or [max(middle, head + 1)], key=lambda at: abs(at - middle))


def _clipped(row: tuple[Cell, ...], most: int) -> tuple[Cell, ...]:
    return tuple(replace(cell, rows=min(cell.rows, most)) for cell in row)


def _cut_row(block: Table, head: int) -> tuple[Table, Table] | None:
    """The only row of a table in two rows, every long cell cut at a pause."""
    if len(block.rows) == head + 1:
        longest = max((len(cell.text) for cell in block.rows[head]), default=0)
    else:
        head, longest = 0, max((len(c.text) for row in block.rows for c in row), default=0)
    if longest < 2 or not block.rows:
        return None
    cuts = [_pause(c.text) if len(c.text) > 1 else len(c.text) for c in block.rows[head]]
    pairs = list(zip(block.rows[head], cuts, strict=True))
    first = tuple(replace(cell, text=cell.text[:at], rows=1) for cell, at in pairs)
    second = tuple(replace(cell, text=cell.text[at:], rows=1) for cell, at in pairs)
    return replace(block, rows=(*block.rows[:head], first)), Table((*block.rows[:head], second))
