"""Figures as columns and back."""

from typing import Any

from sqlalchemy import Row

from bot.domain.statistics.figures import COUNTS, Figures
from bot.storage.encoding import decode, encode
from bot.storage.tables.statistics import RATES


def figure_values(figures: Figures) -> dict[str, Any]:
    """The columns of one value."""
    numbers = {name: getattr(figures, name) for name in (*COUNTS, *RATES)}
    return numbers | {"sources": encode(dict[str, int], dict(figures.sources))}


def figures_of(row: Row[Any]) -> Figures:
    """The value of a row's columns; nothing known where an outer join found no row."""
    numbers = {name: getattr(row, name) for name in (*COUNTS, *RATES)}
    return Figures(**numbers, sources=decode(dict[str, int], row.sources) if row.sources else {})
