"""Replies that may ask the same, found through the terms they share with a text."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection, func, select

from bot.domain.ids import ReplyId
from bot.domain.replies.likeness import ALIKE, are_told_apart, likeness, question_terms
from bot.ports.similar import Similar
from bot.storage.places import BLOCK, places_in
from bot.storage.reply_index import sets_in
from bot.storage.tables import replies, reply_blocks
from bot.storage.transactions import Transactions

_r, _b = replies.c, reply_blocks.c

BLOCKS = 8
"""The newest blocks are looked at: questions come in waves."""
RARE_TERMS = 24
MOST_CANDIDATES = 40
MOST_PLACES = 100
"""The newest of a block that hold a term. Where more do, it is not rare, and a crowd that all asks
the same must not make each question as slow as the crowd is large."""
LONGEST_TERMS = 400
"""Of a long letter the first terms are taken; what is asked stands at its beginning."""


class SqlReplyLikeness:
    """Keeps the promise of `ports.similar.FindSimilar`. Safe to share between threads."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def find_similar(self, text: str, *, limit: int = 20) -> Sequence[Similar]:
        terms = question_terms(text[:LONGEST_TERMS])
        if not terms:
            return []
        with self._transactions.reading() as connection:
            newest = select(_b.block).order_by(_b.block.desc()).limit(BLOCKS)
            blocks = list(connection.scalars(newest))
            sets = {block: sets_in(connection, block, sorted(terms)) for block in blocks}
            numbers = _candidates(sets)
            rows = _texts(connection, numbers)
        held = Counter({t: sum(s.get(t, 0).bit_count() for s in sets.values()) for t in terms})
        everything = max(len(blocks), 1) * BLOCK

        def weight(term: str) -> float:
            return math.log((everything + 1) / (held[term] + 0.5))

        found = [
            Similar(ReplyId(reply), likeness(terms, question_terms(said[:LONGEST_TERMS]), weight))
            for reply, said in rows
            if not are_told_apart(text, said)
        ]
        found = [similar for similar in found if similar.likeness >= ALIKE]
        return sorted(found, key=lambda similar: (-similar.likeness, similar.reply))[:limit]


def _candidates(sets: Mapping[int, Mapping[str, int]]) -> Sequence[int]:
    """Numbers of the replies that share most of the rarest terms."""
    frequency: Counter[str] = Counter()
    for terms in sets.values():
        frequency.update({term: bits.bit_count() for term, bits in terms.items()})
    rarest = sorted(frequency, key=lambda term: (frequency[term], term))[:RARE_TERMS]
    shared: Counter[int] = Counter()
    for block, terms in sets.items():
        for term in rarest:
            newest = islice(places_in(terms.get(term, 0)), MOST_PLACES)
            shared.update(block * BLOCK + place for place in newest)
    likely = sorted(shared, key=lambda number: (-shared[number], -number))
    return likely[:MOST_CANDIDATES]


def _texts(connection: Connection, numbers: Sequence[int]) -> Sequence[tuple[str, str]]:
    wanted = select(_r.id, func.coalesce(_r.text, "")).where(_r.number.in_(numbers))
    return [(row[0], row[1]) for row in connection.execute(wanted)]
