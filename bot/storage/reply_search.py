"""Searching replies: those that wait to be filed are read through, the filed ones looked up.

Found ones come newest first: the waiting ones by the time they were received, then the filed ones
in the order of their filing, which is the same but for clocks that differ.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from bot.domain.replies.searching import facet, reply_text
from bot.ports.overview import ReplyFilter
from bot.storage.places import BLOCK
from bot.storage.reply_index import (
    IS_PENDING,
    blocks_between,
    count_with,
    next_number,
    numbers_with,
)
from bot.storage.tables import replies, reply_blocks

_c, _b = replies.c, reply_blocks.c

EXACT_SIGNS = 2
"""Whoever has the terms of a needle this short holds it; of a longer one it is to be compared."""
ROWS_A_LOOK = (64, 256, 1024)


def search_replies(
    connection: Connection,
    wanted: ReplyFilter,
    needle: str,
    listed: Select[Any],
    *,
    after: Row[Any] | None,
    most: int,
) -> Iterator[Row[Any]]:
    """Rows of `listed` that hold `needle` (searchable, not empty), after the reply `after`; it
    pays to say how many at `most` will be taken. `listed` has the columns that are compared."""
    filed = _filed(connection, wanted, needle, listed, after=after, most=most)
    if after is not None and after.number is not None:
        return filed
    return chain(_pending(connection, needle, listed, after=after), filed)


def count_replies_found(
    connection: Connection, wanted: ReplyFilter, needle: str, listed: Select[Any], *, most: int
) -> int:
    """How many `search_replies` would give, counted up to `most`; without a look at the filed rows
    where the index alone can tell."""
    if len(needle) > EXACT_SIGNS or not _is_all_facets(wanted):
        found = search_replies(connection, wanted, needle, listed, after=None, most=most)
        return sum(1 for _ in islice(found, most))
    waiting = sum(1 for _ in _pending(connection, needle, listed, after=None))
    among = _blocks(connection, wanted, next_number(connection))
    filed = count_with(connection, needle, _facets(wanted), among=among, most=most)
    return min(waiting + filed, most)


def listed_after(
    place: Any, at: ColumnElement[datetime] = _c.received_at, id_: ColumnElement[str] = _c.id
) -> ColumnElement[bool]:
    """What a list by time shows behind the reply whose `received_at` and `id` are given."""
    # The bound by itself is what a planner begins with.
    earlier = or_(at < place.received_at, and_(at == place.received_at, id_ < place.id))
    return and_(at <= place.received_at, earlier)


def _is_all_facets(wanted: ReplyFilter) -> bool:
    """Whether replies are filed under everything that is asked of them but the words."""
    none = dict.fromkeys(("account", "channel", "kind", "post"))
    return replace(wanted, search="", **none) == ReplyFilter()  # type: ignore[arg-type]


def _pending(
    connection: Connection, needle: str, listed: Select[Any], *, after: Row[Any] | None
) -> Iterator[Row[Any]]:
    # Who waits is asked for by itself: with other conditions beside it, a planner would rather
    # read through a whole account than through the few that wait.
    newest_first = (_c.received_at.desc(), _c.id.desc())
    waiting = select(_c.id).where(IS_PENDING).order_by(*newest_first)
    if after is not None:
        waiting = waiting.where(listed_after(after))
    ids = iter(connection.scalars(waiting).all())
    while chunk := list(islice(ids, ROWS_A_LOOK[-1])):
        rows = connection.execute(listed.where(_c.id.in_(chunk)).order_by(*newest_first))
        yield from (row for row in rows if _holds(row, needle))


def _filed(
    connection: Connection,
    wanted: ReplyFilter,
    needle: str,
    listed: Select[Any],
    *,
    after: Row[Any] | None,
    most: int,
) -> Iterator[Row[Any]]:
    below = (
        after.number if after is not None and after.number is not None else next_number(connection)
    )
    among = _blocks(connection, wanted, below)
    numbers = numbers_with(connection, needle, _facets(wanted), among=among, below=below)
    for chunk in _chunks(numbers, first=most):
        found = listed.where(_c.number.in_(chunk)).order_by(_c.number.desc())
        for row in connection.execute(found):
            if len(needle) <= EXACT_SIGNS or _holds(row, needle):
                yield row


def _blocks(connection: Connection, wanted: ReplyFilter, below: int) -> list[int]:
    conditions = [_b.block <= below // BLOCK]
    if wanted.since is not None:
        conditions.append(_b.last_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(_b.first_at < wanted.until)
    return blocks_between(connection, conditions)


def _facets(wanted: ReplyFilter) -> list[str]:
    asked = ("account", wanted.account), ("channel", wanted.channel), ("kind", wanted.kind)
    return [facet(name, value) for name, value in (*asked, ("post", wanted.post)) if value]


def _chunks(numbers: Iterator[int], *, first: int) -> Iterator[list[int]]:
    sizes = chain((max(first, ROWS_A_LOOK[0]),), ROWS_A_LOOK[1:])
    size = ROWS_A_LOOK[-1]
    while chunk := list(islice(numbers, min(next(sizes, size), size))):
        yield chunk


def _holds(row: Row[Any], needle: str) -> bool:
    # As it was written, mostly; only else sign by sign.
    return needle in row.text or needle in reply_text(row.text, row.sender_name)
