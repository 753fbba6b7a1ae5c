"""Lists and searches of the inbox as it grows to a million replies, on both databases."""

import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.inbox.letters import ACCOUNTS, BEGIN, BETWEEN, POST, RARE, SMALL_ACCOUNT, Letters
from benchmarks.looks import Taken, taken
from benchmarks.processes import scratch
from benchmarks.publishing.databases import postgresql, sqlite
from benchmarks.table import Line
from bot.domain.ids import CaseId, ReplyId
from bot.domain.replies.handling import Handling, SetAside
from bot.domain.replies.reply import Reply
from bot.ports.overview import ReplyFilter
from bot.ports.storage import UnitOfWork
from bot.storage.database import Database
from bot.storage.open_replies import open_since
from tests import factories as make

STEPS = (10_000, 100_000, 1_000_000)
ROWS_A_COMMIT = 4096
PAGE = 31
LIST_MS, SEARCH_MS = 20.0, 50.0
_ALL_ASIDE = (
    'INSERT INTO set_asides (reply_id, account_id, received_at, "by", at, reason) '
    "SELECT id, account_id, received_at, 'li', received_at, '' FROM replies "
    "WHERE open_since IS NOT NULL ON CONFLICT DO NOTHING"
)
NOTE = (
    "Letters of an invented, seeded vocabulary; pages of 30 with one row more, 40 runs, warm. "
    "A search's time is that of its page, or of its total up to 1000+. INBOX_REPLIES sets where "
    "growth ends; a million takes some ten minutes and 2 GB a database on two idle cores."
)


def lines() -> Sequence[Line]:
    """Both databases, one after the other."""
    return [*_on("SQLite", sqlite), *_on("PostgreSQL", postgresql)]


def _on(
    name: str, opened: Callable[[Path], AbstractContextManager[Database | None]]
) -> Sequence[Line]:
    most = int(os.environ.get("INBOX_REPLIES", STEPS[-1]))
    found: list[Line] = []
    with scratch() as folder, opened(folder) as database:
        if database is None:
            return [Line(f"inbox, {name}", "not installed")]
        inbox = _Inbox(database)
        for step in (step for step in STEPS if step <= most):
            inbox.grow(step)
            found += inbox.measured(f"{name}, {step:,}")
        inbox.deal_with_everything()
        found += inbox.measured_when_empty(f"{name}, {most:,}")
    return found


class _Inbox:
    def __init__(self, database: Database) -> None:
        self._database, self._letters, self._size = database, Letters(), 0
        self._filing, self._filed = 0.0, 0
        with database.begin() as uow:
            uow.sources.add(make.source())
            uow.releases.add(make.release())
            for account in ACCOUNTS:
                uow.accounts.add(make.account(id=account, name=account), "sealed")
            uow.posts.add_rollout(make.rollout())
            uow.posts.add(make.post())
            uow.commit()

    def grow(self, size: int) -> None:
        """Take in letters up to this number, and file them."""
        self._filing = self._filed = 0
        while self._size < size:
            until = min(self._size + ROWS_A_COMMIT, size)
            with self._database.begin() as uow:
                letters = list(self._letters.between(self._size, until))
                uow.replies.store(letters)
                self._deal_with_some(uow, letters)
                uow.commit()
            began = time.perf_counter()
            with self._database.begin() as uow:
                self._filed += uow.replies.file_pending(limit=ROWS_A_COMMIT)
                uow.commit()
            self._filing += time.perf_counter() - began
            self._size = until
        with self._database._transactions.writing() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()

    def _deal_with_some(self, uow: UnitOfWork, letters: Sequence[Reply]) -> None:
        """Every fifth of those that wait needs no answer, and every fiftieth has a case that
        runs."""
        waiting = [one for one in letters if open_since(one) is not None]
        uow.asides.add([SetAside(one.id, "li", one.received_at) for one in waiting[::5]])
        for one in waiting[1::50]:
            ids = {"id": CaseId(f"case_{one.id}"), "number": str(one.id), "reply": one.id}
            uow.cases.add(make.case(**ids, account=one.incoming.account))

    def deal_with_everything(self) -> None:
        """Until nothing waits: all the rest is set aside, too."""
        with self._database._transactions.writing() as connection:
            connection.exec_driver_sql(_ALL_ASIDE)
            connection.exec_driver_sql("UPDATE replies SET open_since = NULL")
            connection.exec_driver_sql("ANALYZE")
            connection.commit()

    def measured_when_empty(self, where: str) -> Sequence[Line]:
        """What it takes to find that nothing waits."""
        return self._lines("list", self._handled(), f"nothing waits, {where}", goal=LIST_MS)

    def measured(self, where: str) -> Sequence[Line]:
        """What each look takes."""
        lists = self._lines("list", {**self._lists(), **self._handled()}, where, goal=LIST_MS)
        searches = self._lines("search", self._searches(), where, goal=SEARCH_MS)
        speed = Line(f"filing; {where}", f"{self._filed / self._filing:.0f} replies/s", note=NOTE)
        return [*lists, *searches, speed]

    def _lines(
        self, kind: str, looks: Mapping[str, Callable[[], object]], where: str, *, goal: float
    ) -> Sequence[Line]:
        return [
            Line(
                f"{kind}: {what}; {where}",
                str(look),
                goal=f"p95 <= {goal:.0f} ms",
                reached=look.p95 <= goal,
                note=NOTE,
            )
            for what, look in self._times(looks).items()
        ]

    def _lists(self) -> Mapping[str, Callable[[], object]]:
        middle = ReplyId(f"rpy_{self._size // 2:012}")
        return {
            "newest": lambda: self._page(ReplyFilter()),
            "deep page": lambda: self._page(ReplyFilter(after=middle)),
            "small account": lambda: self._page(ReplyFilter(account=SMALL_ACCOUNT)),
            "rare kind": lambda: self._page(ReplyFilter(kind="mention")),
            "one post": lambda: self._page(ReplyFilter(post=POST)),
            "total 1000+": lambda: self._database.overview().count_replies(ReplyFilter()),
        }

    def _handled(self) -> Mapping[str, Callable[[], object]]:
        """Each choice of what became of replies: of all, of a small account, and counted."""
        looks: dict[str, Callable[[], object]] = {}
        for handling in (Handling.WAITING, Handling.UNANSWERED, Handling.SET_ASIDE):
            everywhere = ReplyFilter(handling=handling)
            small = ReplyFilter(handling=handling, account=SMALL_ACCOUNT)
            count = self._database.overview().count_replies
            looks |= {
                handling.value: partial(self._page, everywhere),
                f"{handling.value}, small account": partial(self._page, small),
                f"total {handling.value}": partial(count, everywhere),
            }
        return looks

    def _searches(self) -> Mapping[str, Callable[[], object]]:
        words, chance = self._letters.words, random.Random(1)
        common, phrase = self._letters.common, self._letters.phrase
        pairs = [word for word in words if len(word) == 2]
        longer = [word for word in words if len(word) > 2]
        since = BEGIN + self._size // 2 * BETWEEN
        day = {"since": since, "until": since + timedelta(days=1)}
        return {
            "common word": lambda: self._search(common),
            "rare word": lambda: self._search(RARE),
            "any two signs": lambda: self._search(chance.choice(pairs)),
            "any longer word": lambda: self._search(chance.choice(longer)),
            "one sign": lambda: self._search(common[0]),
            "phrase": lambda: self._search(phrase),
            "common word, small account": lambda: self._search(common, account=SMALL_ACCOUNT),
            "common word, one post": lambda: self._search(common, post=POST),
            "common word, rare kind": lambda: self._search(common, kind="mention"),
            "common word, one day": lambda: self._search(common, **day),
            "common word, unanswered": lambda: self._search(common, handling=Handling.UNANSWERED),
            "common word, total": lambda: self._count(common),
            "phrase, total": lambda: self._count(phrase),
            "rare word, total": lambda: self._count(RARE),
        }

    def _page(self, wanted: ReplyFilter) -> object:
        return self._database.overview().replies(wanted, limit=PAGE)

    def _search(self, words: str, **wanted: object) -> object:
        return self._page(ReplyFilter(search=words, **wanted))  # type: ignore[arg-type]

    def _count(self, words: str) -> int:
        return self._database.overview().count_replies(ReplyFilter(search=words))

    def _times(self, looks: Mapping[str, Callable[[], object]]) -> Mapping[str, Taken]:
        return {what: taken(look, self._database) for what, look in looks.items()}
