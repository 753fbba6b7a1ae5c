"""One line a promise, and the one table they are shown in."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich import box
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Line:
    """One measured promise. `reached` is None where nothing is promised."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    goal: str = ""
    reached: bool | None = None
    note: str = ""


def faster(ours: float, peer: float) -> str:
    """How many times as much `ours` is, as text."""
    return f"{ours / peer:.1f} x"


def show(lines: Sequence[Line], console: Console) -> None:
    """Print the table; notes come below it, numbered."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("what", "ours", "peer", "ratio", "goal", "reached"):
        table.add_column(heading, overflow="fold")
    notes: list[str] = []
    for line in lines:
        if line.note and line.note not in notes:
            notes.append(line.note)
        mark = f" [{notes.index(line.note) + 1}]" if line.note else ""
        cells = (line.what + mark, line.ours, line.peer, line.ratio, line.goal)
        table.add_row(*(cell.replace("[", "\\[") for cell in cells), _verdict(line))
    console.print(table)
    for number, note in enumerate(notes, 1):
        console.print(f"\\[{number}] {note}", highlight=False)


def as_json(lines: Sequence[Line]) -> str:
    """The same as JSON, for machines."""
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=2)


def _verdict(line: Line) -> str:
    if line.reached is None:
        return ""
    return "[green]yes[/green]" if line.reached else "[red]NO[/red]"
