"""Lists by since_id, max_id, page and count, with a cursor to the next page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.sandbox.weibo.calls import Call
from bot.sandbox.weibo.state import World

_DEFAULT_COUNT = 50


class HasId(Protocol):
    """Anything with a platform id."""

    @property
    def id(self) -> int:
        """The id, larger for what was made later."""


T = TypeVar("T", bound=HasId)


@dataclass(frozen=True)
class Page:
    """What a caller asked for."""

    since_id: int
    max_id: int
    count: int
    number: int
    overlaps: bool = False

    @classmethod
    def of(cls, world: World, call: Call) -> "Page":
        """From the call; a count above the platform's maximum is quietly cut."""
        count = call.number("count", _DEFAULT_COUNT)
        return cls(
            since_id=call.number("since_id"),
            max_id=call.number("max_id"),
            count=max(1, min(count, world.switches.max_count)),
            number=max(1, call.number("page", 1)),
            overlaps=world.switches.page_overlap,
        )


def answer(
    name: str,
    items: Sequence[T],
    page: Page,
    *,
    shown: Callable[[T], bool],
    shape: Callable[[T], Any],
) -> dict[str, Any]:
    """One page of ``items`` (newest first) under ``name``.

    What is not ``shown`` is taken out after the cut, as on the platform: a page may be shorter
    than its count, and only next_cursor 0 or an empty page means the end.
    """
    wanted = [one for one in items if _is_between(one.id, page)]
    start = (page.number - 1) * page.count
    chunk: list[T] = []
    rest = wanted[start:]
    while rest and not chunk:
        cut, rest = rest[: page.count], rest[page.count :]
        chunk = [one for one in cut if shown(one)]
    following = rest[0].id if rest else 0
    if page.overlaps and rest and chunk and page.count > 1:
        following = chunk[-1].id
    return {
        name: [shape(one) for one in chunk],
        "marks": [],
        "hasvisible": False,
        "previous_cursor": 0,
        "next_cursor": following,
        "total_number": sum(1 for one in items if shown(one)),
    }


def _is_between(an_id: int, page: Page) -> bool:
    return an_id > page.since_id and (not page.max_id or an_id <= page.max_id)
