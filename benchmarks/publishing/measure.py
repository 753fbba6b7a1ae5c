"""The publishing lines: lateness, slow platforms, everything due at once."""

import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from benchmarks.processes import scratch
from benchmarks.publishing.databases import VAULT, postgresql, sqlite
from benchmarks.publishing.platform import TimedPlatform
from benchmarks.publishing.town import Town
from benchmarks.publishing.workers import THREADS, Workers, until
from benchmarks.table import Line
from bot.domain.accounts.account import PlatformName
from bot.storage.database import Database
from bot.usecases.publishing.tools import PublishingTools

TABLE = 10_000
DUE, DUE_WITHIN_SECONDS = 200, 20.0
SLOW_POSTS, CALL_SECONDS, CALLS_A_POST = 1000, 0.2, 2
BURST_SECONDS = 12.0
NOTE = (
    "One process with a tick every 0.2 s and 16 threads that run the product's use cases on a "
    "database with full durability; the queue between them is in memory instead of Celery's. "
    "One run each; of what is due at once, the first 12 s count."
)


def lateness() -> Sequence[Line]:
    """From the due time until the accepting call leaves, posts prepared, 10,000 in the table."""
    with scratch() as folder, sqlite(folder) as database:
        town, platform = _town(database), TimedPlatform()
        later = datetime.now(UTC) + timedelta(days=1)
        town.add([later] * (TABLE - DUE), is_prepared=True)
        begin = datetime.now(UTC) + timedelta(seconds=2)
        spread = random.Random(7)
        moments = [
            begin + timedelta(seconds=spread.uniform(0, DUE_WITHIN_SECONDS)) for _ in range(DUE)
        ]
        due = town.add(moments, is_prepared=True)
        with _workers(database, platform).at_work():
            until(lambda: len(platform.accepted) >= DUE, seconds=DUE_WITHIN_SECONDS + 10)
    late = sorted(platform.lateness(due))
    p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
    return [
        Line(
            what=f"lateness of {DUE} due posts, {TABLE:,} in the table",
            ours=f"p50 {p50:.2f} s, p99 {p99:.2f} s",
            goal="p50 <= 0.25 s, p99 <= 0.5 s",
            reached=p50 <= 0.25 and p99 <= 0.5,
            note=NOTE,
        )
    ]


def slow_platform() -> Sequence[Line]:
    """1,000 posts on 100 accounts, every call 200 ms: how near we come to 16 calls in flight."""
    with scratch() as folder, sqlite(folder) as database:
        town, platform = _town(database), TimedPlatform(call_seconds=CALL_SECONDS)
        town.add([datetime.now(UTC)] * SLOW_POSTS, is_prepared=False)
        with _workers(database, platform).at_work():
            began = time.monotonic()
            until(lambda: platform.calls >= SLOW_POSTS * CALLS_A_POST, seconds=60)
            took = time.monotonic() - began
    share = platform.calls * CALL_SECONDS / THREADS / took
    return [
        Line(
            what=f"{SLOW_POSTS:,} posts, {CALLS_A_POST} calls of 200 ms each, {THREADS} in flight",
            ours=f"{SLOW_POSTS / took:.0f} posts/s, {share:.0%} of the limit",
            goal=">= 80 %",
            reached=share >= 0.8,
            note=NOTE,
        )
    ]


def burst() -> Sequence[Line]:
    """10,000 due at once, instant platform; the first seconds of it, prepared before."""
    return [
        line
        for name, opened in (("SQLite", sqlite), ("PostgreSQL", postgresql))
        for line in _burst_on(name, opened)
    ]


@dataclass
class Counted:
    """How many transactions a database committed."""

    commits: int = 0

    def count(self, _: object) -> None:
        self.commits += 1


def _burst_on(
    name: str, opened: Callable[[Path], AbstractContextManager[Database | None]]
) -> Sequence[Line]:
    with scratch() as folder, opened(folder) as database:
        if database is None:
            return [Line(what=f"{TABLE:,} due at once on {name}", ours="not installed")]
        town, platform, counted = _town(database), TimedPlatform(), Counted()
        town.add([datetime.now(UTC)] * TABLE, is_prepared=False)
        event.listen(database._engine, "commit", counted.count)
        with _workers(database, platform).at_work():
            began = time.monotonic()
            until(lambda: len(platform.accepted) >= TABLE, seconds=BURST_SECONDS)
            posts, commits = len(platform.accepted), counted.commits
            took = time.monotonic() - began
    is_sqlite = name == "SQLite"
    return [
        Line(
            what=f"{TABLE:,} due at once on {name}",
            ours=f"{posts / took:.0f} posts/s, {commits / max(1, posts):.1f} commits a post",
            goal=">= 200 posts/s, <= 6 commits" if is_sqlite else "",
            reached=posts / took >= 200 and commits <= 6 * posts if is_sqlite else None,
            note=NOTE,
        )
    ]


def _town(database: Database) -> Town:
    return Town(database, VAULT, now=datetime.now(UTC))


def _workers(database: Database, platform: TimedPlatform) -> Workers:
    tools = PublishingTools(database, {PlatformName.WECHAT: platform}, VAULT, random.random)
    return Workers(database, tools)
