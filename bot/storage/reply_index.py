"""The index of what followers said: replies are numbered in the order of their arrival, and each
term keeps, block by block of numbers, the set of places where it stands.

A callback only leaves a reply without a number. A worker files those; who erases takes them out.
The index proposes, the reply's own row disposes: nothing is shown that a scan would not show.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.replies.searching import asked_terms, facet, filed_terms, reply_text
from bot.storage.places import BLOCK, pack, pack_places, places_in, set_of, unpack
from bot.storage.statements import take_turn
from bot.storage.tables import replies, reply_blocks, reply_terms

_r, _t, _b = replies.c, reply_terms.c, reply_blocks.c

IS_PENDING = _r.number.is_(None)
FILING = "filing replies"
TERMS_A_STATEMENT = 2000
BLOCKS_AT_FIRST = 2
"""Common words are found in the newest blocks; every further look takes four times as many."""

_HIGHEST = "\U0010ffff"
_FILED_OF = (_r.account_id, _r.channel, _r.kind, _r.post_id, _r.text, _r.sender_name)
_PENDING = select(_r.id, _r.received_at, _r.erased_at, *_FILED_OF).where(IS_PENDING)
_TO_UNFILE = select(_r.number, *_FILED_OF).where(_r.number.is_not(None))
_NUMBER = update(replies).where(_r.id == bindparam("reply")).values(number=bindparam("given"))

Sets = Mapping[str, int]


def file_pending(connection: Connection, *, limit: int) -> int:
    """File the oldest replies that wait for it; returns how many those were."""
    take_turn(connection, FILING)
    rows = connection.execute(_PENDING.order_by(_r.received_at, _r.id).limit(limit)).all()
    if not rows:
        return 0
    first = next_number(connection)
    numbered = list(enumerate(rows, first))
    given = [{"reply": row.id, "given": number} for number, row in numbered]
    connection.execute(_NUMBER, given)
    for block, added in _places_of(p for p in numbered if p[1].erased_at is None).items():
        known = sets_in(connection, block, sorted(added))
        new = ((term, pack_places(added[term])) for term in sorted(added.keys() - known.keys()))
        filed = [{"block": block, "term": term, "places": places} for term, places in new]
        _run(connection, insert(reply_terms), filed)
        _change(connection, block, {t: bits | set_of(added[t]) for t, bits in known.items()})
    _stretch_blocks(connection, numbered)
    return len(rows)


def next_number(connection: Connection) -> int:
    """One more than the highest number of a reply."""
    highest = select(func.max(_r.number)).where(_r.number.is_not(None))
    return (connection.scalar(highest) or 0) + 1


def unfile(connection: Connection, ids: Sequence[str]) -> None:
    """Take replies out of the index; call it before their words are emptied."""
    take_turn(connection, FILING)
    rows = connection.execute(_TO_UNFILE.where(_r.id.in_(ids))).all()
    for block, gone in _places_of((row.number, row) for row in rows).items():
        known = sets_in(connection, block, sorted(gone))
        _change(connection, block, {t: bits & ~set_of(gone[t]) for t, bits in known.items()})


def numbers_with(
    connection: Connection, needle: str, facets: Sequence[str], *, among: Sequence[int], below: int
) -> Iterator[int]:
    """Numbers less than `below` of replies in the blocks `among`, the newest first, that have
    every term of `needle` (searchable, not empty) and every one of `facets`."""
    newest_first = sorted(among, reverse=True)
    at, width = 0, BLOCKS_AT_FIRST
    while looked_at := newest_first[at : at + width]:
        sets = _found(connection, looked_at, needle, facets)
        for block in looked_at:
            start = block * BLOCK
            bits = sets.get(block, 0) & ((1 << max(below - start, 0)) - 1)
            yield from (start + place for place in places_in(bits))
        at, width = at + width, width * 4


def count_with(
    connection: Connection, needle: str, facets: Sequence[str], *, among: Sequence[int], most: int
) -> int:
    """How many `numbers_with` would give, counted up to `most`."""
    newest_first = sorted(among, reverse=True)
    at, width, count = 0, BLOCKS_AT_FIRST, 0
    while count < most and (looked_at := newest_first[at : at + width]):
        found = _found(connection, looked_at, needle, facets)
        count += sum(bits.bit_count() for bits in found.values())
        at, width = at + width, width * 4
    return min(count, most)


def blocks_between(connection: Connection, received: Sequence[ColumnElement[bool]]) -> list[int]:
    """Blocks that may hold replies received then; the conditions are on `first_at`, `last_at`."""
    return list(connection.scalars(select(_b.block).where(*received)))


def _found(
    connection: Connection, blocks: Sequence[int], needle: str, facets: Sequence[str]
) -> dict[int, int]:
    """By block, the places that have everything."""
    terms = list(facets) if len(needle) == 1 else [*asked_terms(needle), *facets]
    which: ColumnElement[bool] = _t.term.in_(terms)
    if len(needle) == 1:
        begins = and_(_t.term >= needle, _t.term <= needle + _HIGHEST)
        which = or_(which, begins) if terms else begins
    found: dict[int, dict[str, int]] = defaultdict(dict)
    wanted = select(_t.block, _t.term, _t.places).where(_t.block.in_(blocks), which)
    for block, term, places in connection.execute(wanted):
        name = needle if len(needle) == 1 and term not in facets else term
        found[block][name] = found[block].get(name, 0) | unpack(places)
    needed = {*terms, needle} if len(needle) == 1 else set(terms)
    return {block: _common(sets.values()) for block, sets in found.items() if needed == set(sets)}


def _common(sets: Iterable[int]) -> int:
    common = (1 << BLOCK) - 1
    for bits in sets:
        common &= bits
    return common


def _places_of(
    numbered: Iterable[tuple[int, Any]],
) -> Mapping[int, Mapping[str, Sequence[int]]]:
    """By block and term, the places of these replies, in their order."""
    places: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, row in numbered:
        block, place = divmod(number, BLOCK)
        for term in (*filed_terms(reply_text(row.text, row.sender_name)), *facets_of(row)):
            places[block][term].append(place)
    return places


def facets_of(row: Any) -> list[str]:
    """What a reply is filed under besides its words; none of it ever changes."""
    values = ("account", row.account_id), ("channel", row.channel), ("kind", row.kind)
    return [facet(name, value) for name, value in (*values, ("post", row.post_id)) if value]


def sets_in(connection: Connection, block: int, terms: Sequence[str]) -> Sets:
    """The sets of these terms in a block, as far as it has them."""
    known: dict[str, int] = {}
    for at in range(0, len(terms), TERMS_A_STATEMENT):
        some = _t.term.in_(terms[at : at + TERMS_A_STATEMENT])
        rows = connection.execute(select(_t.term, _t.places).where(_t.block == block, some))
        known |= {term: unpack(places) for term, places in rows}
    return known


_UPDATE = (
    update(reply_terms)
    .where(_t.block == bindparam("in_block"), _t.term == bindparam("of_term"))
    .values(places=bindparam("now"))
)
_DROP = delete(reply_terms).where(
    _t.block == bindparam("in_block"), _t.term == bindparam("of_term")
)


def _change(connection: Connection, block: int, sets: Sets) -> None:
    """Put these sets in place of the ones that are there; an empty one leaves nothing behind."""
    filled = [
        {"in_block": block, "of_term": term, "now": pack(bits)}
        for term, bits in sets.items()
        if bits
    ]
    empty = [{"in_block": block, "of_term": term} for term, bits in sets.items() if not bits]
    _run(connection, _UPDATE, filled)
    _run(connection, _DROP, empty)


def _run(connection: Connection, statement: Executable, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _stretch_blocks(connection: Connection, numbered: Sequence[tuple[int, Any]]) -> None:
    """Remember when the replies of a block were received."""
    times: dict[int, list[Any]] = defaultdict(list)
    for number, row in numbered:
        times[number // BLOCK].append(row.received_at)
    for block, received in times.items():
        known = connection.execute(select(_b.first_at, _b.last_at).where(_b.block == block)).first()
        times_now = [*received, *(known or ())]
        span = {"first_at": min(times_now), "last_at": max(times_now)}
        if known is None:
            connection.execute(insert(reply_blocks).values(block=block, **span))
        else:
            connection.execute(update(reply_blocks).where(_b.block == block).values(**span))
