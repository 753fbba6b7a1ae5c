"""Which kept files something refers to: releases and their versions, posts and former drafts."""

import re
from collections.abc import Iterable
from itertools import chain

from sqlalchemy import select

from bot.storage.tables import post_revisions, posts, releases
from bot.storage.transactions import Transactions

_SHA256 = re.compile(r'"([0-9a-f]{64})"')
_HOLDERS = (releases.c.body, posts.c.body, post_revisions.c.body)
_AT_ONCE = 100


class SqlMediaReferences:
    """Keeps the promises of `ports.media.MediaReferences`."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def unnamed(self, files: Iterable[str]) -> frozenset[str]:
        left = set(files)
        with self._transactions.reading() as connection:
            streaming = connection.execution_options(yield_per=_AT_ONCE)
            for body in chain.from_iterable(streaming.scalars(select(c)) for c in _HOLDERS):
                if not left:
                    break
                left.difference_update(_SHA256.findall(body))
        return frozenset(left)
