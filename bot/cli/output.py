"""Printing: tables for people, JSON for programs."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Annotated

import typer

from bot.domain.accounts.budgets import BEIJING
from bot.domain.canonical import canonical_json

PIPE_WIDTH = 240
"""Columns of a table that is not shown on a terminal."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at most.")]


def print_json(value: object) -> None:
    """Dataclasses, times and enumerations included; raw UTF-8."""
    plain = json.loads(canonical_json(value))
    typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One line a row; nothing is cut: what does not fit is wrapped."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        # Text, not markup: a title may hold square brackets.
        table.add_row(*(Text(shown(cell)) for cell in row))
    # Without a terminal a program reads: lines are broken late.
    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)
    console.print(table if table.rows else "nothing here")


def print_facts(facts: Iterable[tuple[str, object]]) -> None:
    """`name  value` lines of one object; empty values are left out."""
    listed = [(name, shown(value)) for name, value in facts]
    kept = [(name, text) for name, text in listed if text]
    width = max((len(name) for name, _ in kept), default=0)
    for name, text in kept:
        typer.echo(f"{name:<{width}}  {text}")


def shown(value: object) -> str:
    """A cell's text; moments in Beijing time, to the minute."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case str():
            return value
        case list() | tuple() | set() | frozenset():
            return ", ".join(shown(item) for item in value)
        case _:
            return str(value)
