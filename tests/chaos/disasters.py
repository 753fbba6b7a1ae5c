"""What a seeded monkey does to the processes of a house, and when."""

import random
import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from tests.chaos.databases import PostgresSite, SqliteSite
from tests.chaos.extent import Extent
from tests.chaos.household import Household

CALLBACKS, WEB, BEAT, VALKEY = "callbacks", "web", "beat", "valkey"
WORKERS = ("worker-1", "worker-2")
OURS = (CALLBACKS, WEB, BEAT, VALKEY, *WORKERS)

SLEEP_SECONDS = 36.0
"""Longer than the lease of an accepting call: its deadline of 15 s, and 15 s more."""
LOCK_SECONDS = 4.0
"""Longer than a callback tries to store a message."""
DISK_FULL_SECONDS = 4.0
DISK_FULL_BYTES = 65_536
EARLY = 0.25
"""The share of the storm in which a sleep begins, so that it ends within a run."""


class Disaster(StrEnum):
    """One way to harm a house."""

    WORKER_KILLED = "worker killed"
    WORKERS_KILLED = "both workers killed"
    WORKER_ASLEEP = "worker asleep beyond its lease"
    CALLBACKS_KILLED = "callbacks killed"
    WEB_KILLED = "web killed"
    BEAT_KILLED = "beat killed"
    VALKEY_KILLED = "Valkey killed"
    VALKEY_LOST = "Valkey killed, its data lost"
    DATABASE_GONE = "database killed (SQLite: locked)"
    DISK_FULL = "disk full"


TIMES: Mapping[Disaster, int] = {
    Disaster.WORKER_KILLED: 8,
    Disaster.WORKERS_KILLED: 2,
    Disaster.WORKER_ASLEEP: 2,
    Disaster.CALLBACKS_KILLED: 5,
    Disaster.WEB_KILLED: 2,
    Disaster.BEAT_KILLED: 3,
    Disaster.VALKEY_KILLED: 3,
    Disaster.VALKEY_LOST: 3,
    Disaster.DATABASE_GONE: 4,
    Disaster.DISK_FULL: 3,
}
"""In a run of the full extent; in smaller ones fewer, each at least once."""


@dataclass(frozen=True, order=True)
class Strike:
    """A disaster, so many seconds after the storm began; `dice` chooses among its victims."""

    at: float
    disaster: Disaster
    dice: int


def planned(extent: Extent, seed: int) -> list[Strike]:
    """The same for the same seed; what they hit depends on how fast the machine is."""
    dice = random.Random(seed)
    strikes = []
    for disaster, times in TIMES.items():
        latest = EARLY if disaster is Disaster.WORKER_ASLEEP else 1.0
        for _ in range(max(1, round(times * extent.disasters))):
            at = dice.uniform(0.02, latest) * extent.storm_seconds
            strikes.append(Strike(at, disaster, dice.randrange(1000)))
    return sorted(strikes)


class Monkey:
    """Lets disasters strike, and ends those that last."""

    def __init__(self, household: Household, site: SqliteSite | PostgresSite) -> None:
        self._household, self._site = household, site
        self._ends: list[tuple[float, Callable[[], None]]] = []

    def strike(self, strike: Strike, now: float) -> None:
        """Do it now; what lasts ends by `look_after`."""
        match strike.disaster:
            case Disaster.WORKER_KILLED:
                self._kill(WORKERS[strike.dice % 2])
            case Disaster.WORKERS_KILLED:
                self._kill(*WORKERS)
            case Disaster.WORKER_ASLEEP:
                self._put_to_sleep(WORKERS[strike.dice % 2], now)
            case Disaster.CALLBACKS_KILLED:
                self._kill(CALLBACKS)
            case Disaster.WEB_KILLED:
                self._kill(WEB)
            case Disaster.BEAT_KILLED:
                self._kill(BEAT)
            case Disaster.VALKEY_KILLED:
                self._kill(VALKEY)
            case Disaster.VALKEY_LOST:
                self._kill(VALKEY)
                home = Path(self._household.env["TONGBU_HOME"])
                shutil.rmtree(home / "valkey" / "appendonlydir", ignore_errors=True)
            case Disaster.DATABASE_GONE:
                self._take_database(now)
            case Disaster.DISK_FULL:
                self._fill_disk(now)

    def look_after(self, now: float) -> None:
        """End what has lasted long enough."""
        due = [end for end in self._ends if end[0] <= now]
        self._ends = [end for end in self._ends if end[0] > now]
        for _, undo in due:
            undo()

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing lasts any more."""
        return not self._ends

    def _kill(self, *names: str) -> None:
        for name in names:
            self._household.kill(name)

    def _put_to_sleep(self, name: str, now: float) -> None:
        self._household.signal(name, signal.SIGSTOP)
        wake = partial(self._household.signal, name, signal.SIGCONT)
        self._ends.append((now + SLEEP_SECONDS, wake))

    def _fill_disk(self, now: float) -> None:
        """Nobody needs to be root for it: files stop growing for those that write them."""
        names = [name for name in (*OURS, self._site.part) if name]
        self._household.limit_files(names, DISK_FULL_BYTES)
        free = partial(self._household.limit_files, names, None)
        self._ends.append((now + DISK_FULL_SECONDS, free))

    def _take_database(self, now: float) -> None:
        if isinstance(self._site, PostgresSite):
            self._kill(self._site.part)
        else:
            self._ends.append((now + LOCK_SECONDS, self._site.lock()))


def tally(strikes: Sequence[Strike]) -> dict[str, int]:
    """How many there were of each kind."""
    counts = dict.fromkeys((one.value for one in Disaster), 0)
    for strike in strikes:
        counts[strike.disaster.value] += 1
    return counts
