"""Long lists in pages; one row more than a page is asked for, to know whether there is another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

Row = TypeVar("Row")
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list, and the addresses of its neighbours (empty when there is none)."""

    rows: Sequence[Row]
    number: int
    previous: str
    next: str


def page_number(asked: str) -> int:
    """The page asked for, from 1; nonsense is the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def take_page(
    fetch: Callable[[int, int], Sequence[Row]],
    *,
    number: int,
    size: int,
    address: str,
    query: Mapping[str, str],
) -> Page[Row]:
    """Page `number` of what `fetch(limit, offset)` gives; `query` is kept in the addresses."""
    rows = fetch(size + 1, (number - 1) * size)

    def at(page: int) -> str:
        kept = {name: value for name, value in query.items() if value}
        return f"{address}?{urlencode(kept | {'page': str(page)})}"

    return Page(
        rows=rows[:size],
        number=number,
        previous=at(number - 1) if number > 1 else "",
        next=at(number + 1) if len(rows) > size else "",
    )
