"""The calendar that comes with us; each year names its notice in calendar.toml."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.workdays import CalendarYear, WorkCalendar

_FILE = Path(__file__).with_name("calendar.toml")


@cache
def calendar_years() -> tuple[CalendarYear, ...]:
    """Every year of the file, with the notice it was taken from."""
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_year(table) for table in document["years"])


@cache
def work_calendar() -> WorkCalendar:
    """The calendar of all those years."""
    return WorkCalendar(calendar_years())


def _year(table: dict[str, Any]) -> CalendarYear:
    return CalendarYear(
        year=table["year"],
        is_official=table["official"],
        paper=table["paper"],
        days_off=frozenset(day for span in table["off"] for day in _days(span)),
        days_worked=frozenset(date.fromisoformat(day) for day in table["worked"]),
    )


def _days(span: Sequence[str]) -> Iterator[date]:
    day, last = (date.fromisoformat(end) for end in span)
    while day <= last:
        yield day
        day += timedelta(days=1)
