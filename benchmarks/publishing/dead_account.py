"""One account whose every call hangs to its deadline, beside healthy ones: who is late by it?"""

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from benchmarks.processes import scratch
from benchmarks.publishing.databases import VAULT, sqlite
from benchmarks.publishing.platform import TimedPlatform
from benchmarks.publishing.town import Town, account_number
from benchmarks.publishing.workers import Workers, until
from benchmarks.table import Line
from bot.domain.accounts.account import PlatformName
from bot.domain.errors import NotSent
from bot.domain.publishing.route import Step
from bot.ports.platform import StepOrder, StepResult
from bot.storage.database import Database
from bot.usecases.publishing.tools import PublishingTools

HEALTHY, DEAD = 39, 40
HEALTHY_POSTS, DEAD_POSTS = 400, 500
SECONDS, CALL_SECONDS, HANG_SECONDS = 30.0, 0.05, 10.0
NOTE = (
    "SQLite, 16 threads, calls of 50 ms; 400 prepared posts of 39 accounts due within 30 s. The "
    "dead account has 500 posts due at once, and each of its calls hangs 10 s."
)


class HalfDeadPlatform(TimedPlatform):
    """Calls of one account hang to their deadline and are never answered."""

    def __init__(self, dead: str) -> None:
        super().__init__(call_seconds=CALL_SECONDS)
        self._dead, self._gone = dead, threading.Event()
        self.hung = 0

    def perform(self, step: Step, order: StepOrder) -> StepResult:
        if order.access.account.id != self._dead:
            return super().perform(step, order)
        self.hung += 1
        self._gone.wait(HANG_SECONDS)
        raise NotSent("no connection within the deadline")

    def let_go(self) -> None:
        """End the calls that hang, so that the run can end."""
        self._gone.set()


def lines() -> Sequence[Line]:
    """The lateness of the healthy accounts with and without the dead one, in one run."""
    alone, _ = _run(dead_posts=0)
    beside, hung = _run(dead_posts=DEAD_POSTS)
    (p50, p99), (p50_beside, p99_beside) = _percentiles(alone), _percentiles(beside)
    return [
        Line(
            what=f"lateness of {HEALTHY} healthy accounts beside a dead one",
            ours=(
                f"p50 {p50_beside:.2f} s, p99 {p99_beside:.2f} s; alone {p50:.2f} s, {p99:.2f} s;"
                f" ratio {p50_beside / p50:.2f}, {p99_beside / p99:.2f}; {hung} calls hung"
            ),
            goal="p50 and p99 <= 1.5 x alone",
            reached=p50_beside <= 1.5 * p50 and p99_beside <= 1.5 * p99,
            note=NOTE,
        )
    ]


def _run(*, dead_posts: int) -> tuple[list[float], int]:
    dead = account_number(DEAD).id
    with scratch() as folder, sqlite(folder) as database:
        platform = HalfDeadPlatform(dead)
        town = Town(database, VAULT, now=datetime.now(UTC))
        begin = datetime.now(UTC) + timedelta(seconds=3)
        town.add([begin] * dead_posts, is_prepared=True, accounts=[DEAD])
        moments = [
            begin + timedelta(seconds=SECONDS * number / HEALTHY_POSTS)
            for number in range(HEALTHY_POSTS)
        ]
        due = town.add(moments, is_prepared=True, accounts=range(HEALTHY))
        with _workers(database, platform).at_work():
            until(lambda: len(platform.accepted) >= HEALTHY_POSTS, seconds=SECONDS + 60)
            time.sleep(0.1)
            platform.let_go()
    return sorted(platform.lateness(due)), platform.hung


def _percentiles(late: list[float]) -> tuple[float, float]:
    return late[len(late) // 2], late[int(len(late) * 0.99)]


def _workers(database: Database, platform: HalfDeadPlatform) -> Workers:
    tools = PublishingTools(database, {PlatformName.WECHAT: platform}, VAULT, lambda: 0.5)
    return Workers(database, tools)
