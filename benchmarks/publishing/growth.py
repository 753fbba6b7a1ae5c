"""Growth: what stays as quick when a hundred times as much is scheduled."""

import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.processes import scratch
from benchmarks.publishing.copies import copy_waiting
from benchmarks.publishing.databases import VAULT, postgresql, sqlite
from benchmarks.publishing.platform import TimedPlatform
from benchmarks.publishing.town import Town
from benchmarks.publishing.workers import Workers, until
from benchmarks.table import Line
from bot.domain.accounts.account import PlatformName
from bot.domain.publishing.delivery import DeliveryState
from bot.storage.database import Database
from bot.usecases.publishing.tools import PublishingTools

SIZES = (1_000, 10_000, 100_000)
CHARACTERS = 300
HELD = 5
LATE_POSTS, LATE_WITHIN_SECONDS = 60, 8.0
BURST_POSTS = 300
TIMES = 15
NOTE = (
    "So many posts scheduled for the coming weeks, five of them held. select: the tick, with "
    "nothing due. late: from the due time until the accepting call leaves, p50 and p99 of 60 "
    "prepared posts over 8 s. burst: 300 due at once, instant platform. today, held, page: the "
    "console's next posts and accounts, what is stuck, the newest hundred posts. Medians of 15; "
    "threads as in the other lines."
)


def growth() -> Sequence[Line]:
    """A line for each size on each database."""
    return [
        line
        for name, opened in (("SQLite", sqlite), ("PostgreSQL", postgresql))
        for line in _growth_on(name, opened)
    ]


def _growth_on(
    name: str, opened: Callable[[Path], AbstractContextManager[Database | None]]
) -> Sequence[Line]:
    lines = []
    with scratch() as folder, opened(folder) as database:
        if database is None:
            return [Line(what=f"growth on {name}", ours="not installed")]
        town = Town(database, VAULT, now=datetime.now(UTC), characters=CHARACTERS)
        town.add(_coming_weeks(SIZES[0]), is_prepared=True)
        _hold_some(database)
        for size, before in zip(SIZES, (SIZES[0], *SIZES), strict=False):
            copy_waiting(database, there=before, wanted=size)
            what = f"{size:,} scheduled on {name}"
            lines.append(Line(what, _measured(database, town), note=NOTE))
    return lines


def _measured(database: Database, town: Town) -> str:
    overview = database.overview()
    stuck = [DeliveryState.HELD, DeliveryState.AWAITING_PERSON]
    select = _milliseconds(lambda: _tick(database))
    today = _milliseconds(lambda: (overview.upcoming(limit=6), overview.accounts()))
    held = _milliseconds(lambda: overview.posts(delivery_states=stuck, limit=100))
    page = _milliseconds(lambda: overview.posts(limit=100))
    p50, p99 = _lateness(database, town)
    return (
        f"select {select:.1f} ms, late {p50:.2f} / {p99:.2f} s, "
        f"burst {_burst(database, town):.0f} posts/s, "
        f"today {today:.1f} ms, held {held:.1f} ms, page {page:.1f} ms"
    )


def _tick(database: Database) -> None:
    with database.begin() as uow:
        uow.deliveries.take_due(limit=500, ring_again_seconds=5.0)
        uow.commit()


def _milliseconds(run: Callable[[], object]) -> float:
    run()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return median(taken) * 1000


def _lateness(database: Database, town: Town) -> tuple[float, float]:
    begin, spread = datetime.now(UTC) + timedelta(seconds=1), random.Random(7)
    moments = [
        begin + timedelta(seconds=spread.uniform(0, LATE_WITHIN_SECONDS)) for _ in range(LATE_POSTS)
    ]
    platform = TimedPlatform()
    due = town.add(moments, is_prepared=True)
    with _workers(database, platform).at_work():
        until(lambda: len(platform.accepted) >= LATE_POSTS, seconds=LATE_WITHIN_SECONDS + 20)
    late = sorted(platform.lateness(due))
    return late[len(late) // 2], late[int(len(late) * 0.99)]


def _burst(database: Database, town: Town) -> float:
    platform = TimedPlatform()
    town.add([datetime.now(UTC)] * BURST_POSTS, is_prepared=False)
    with _workers(database, platform).at_work():
        began = time.monotonic()
        until(lambda: len(platform.accepted) >= BURST_POSTS, seconds=60)
        return len(platform.accepted) / (time.monotonic() - began)


def _coming_weeks(count: int) -> list[datetime]:
    first, spread = datetime.now(UTC) + timedelta(days=1), random.Random(8)
    return [first + timedelta(hours=spread.uniform(0, 600)) for _ in range(count)]


def _hold_some(database: Database) -> None:
    with database.begin() as uow:
        for account in uow.accounts.all()[:HELD]:
            (first, *_) = uow.deliveries.standing(account.id, DeliveryState.WAITING)
            held = uow.deliveries.get(first)
            uow.deliveries.save(
                replace(held, state=DeliveryState.HELD, hold_reason="领导要求暂停", next_at=None)
            )
        uow.commit()


def _workers(database: Database, platform: TimedPlatform) -> Workers:
    tools = PublishingTools(database, {PlatformName.WECHAT: platform}, VAULT, random.random)
    return Workers(database, tools)
