"""Running a whole proof on several processes: all single faults, and pairs drawn at random."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

import structlog
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.proof.cases import run_case, single_cuts
from tests.proof.databases import sqlite_files
from tests.proof.ground import Ground
from tests.proof.guide import Boundary, Cut
from tests.proof.plans import PLANS

CHUNK = 60
FARTHEST = 400
"""How many boundaries may lie between the two faults of a pair."""


@dataclass(frozen=True)
class Task:
    """A part of the work: cuts of a plan, or so many pairs under a seed."""

    plan: int
    cuts: tuple[Cut, ...] = ()
    pairs: int = 0
    seed: int = 0
    on_sqlite: bool = False


@dataclass
class Tally:
    """What came of a plan: how many cases, and what was wrong."""

    boundaries: int = 0
    singles: int = 0
    pairs: int = 0
    on_sqlite: int = 0
    violations: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return self.singles + self.pairs + self.on_sqlite


@dataclass(frozen=True)
class Extent:
    """How much is proved: every `every`-th single fault, so many pairs in all, and every
    `sqlite_every`-th single fault once more on SQLite."""

    every: int = 1
    pairs: int = 700
    sqlite_every: int = 40
    seed: int = 0
    jobs: int = 2


def prove(extent: Extent) -> list[Tally]:
    """Run it; a tally for each plan, in their order."""
    recorded = [recording(number) for number in range(len(PLANS))]
    tallies = [Tally(boundaries=len(passed)) for passed in recorded]
    tasks = list(chain.from_iterable(_tasks(n, p, extent) for n, p in enumerate(recorded)))
    with ProcessPoolExecutor(extent.jobs, initializer=be_quiet) as pool:
        for task, (count, violations) in zip(tasks, pool.map(carry_out, tasks), strict=True):
            tally = tallies[task.plan]
            tally.violations += violations
            if task.pairs:
                tally.pairs += count
            elif task.on_sqlite:
                tally.on_sqlite += count
            else:
                tally.singles += count
    return tallies


def recording(number: int) -> tuple[Boundary, ...]:
    """The boundaries of a plan on which nothing goes wrong."""
    clean = run_case(ground(), PLANS[number])
    if clean.wrongs:
        raise AssertionError(f"even without a fault: {clean}")
    return clean.passed


def carry_out(task: Task) -> tuple[int, list[str]]:
    """Run one part in this process: how many cases it was, and what was wrong."""
    if task.pairs:
        return _draw_pairs(task)
    if not task.on_sqlite:
        verdicts = [run_case(ground(), PLANS[task.plan], [cut]) for cut in task.cuts]
    else:
        with sqlite_files() as make:
            verdicts = [
                run_case(ground(), PLANS[task.plan], [cut], make_database=make) for cut in task.cuts
            ]
    return len(verdicts), [str(verdict) for verdict in verdicts if verdict.wrongs]


@cache
def ground() -> Ground:
    """The ground of this process."""
    return Ground()


def be_quiet() -> None:
    """Thousands of planned failures would each say so."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def _tasks(number: int, passed: Sequence[Boundary], extent: Extent) -> Iterator[Task]:
    cuts = list(single_cuts(PLANS[number], passed))
    chosen = cuts[:: extent.every]
    for start in range(0, len(chosen), CHUNK):
        yield Task(number, tuple(chosen[start : start + CHUNK]))
    if extent.sqlite_every:
        real = cuts[:: extent.sqlite_every]
        for start in range(0, len(real), CHUNK):
            yield Task(number, tuple(real[start : start + CHUNK]), on_sqlite=True)
    pairs = extent.pairs // len(PLANS)
    for start in range(0, pairs, CHUNK):
        seed = extent.seed + start
        yield Task(number, pairs=min(CHUNK, pairs - start), seed=seed)


def _draw_pairs(task: Task) -> tuple[int, list[str]]:
    """Pairs as hypothesis draws them; one that is wrong is made as simple as it can be."""
    plan, drawn = PLANS[task.plan], 0
    cuts = list(single_cuts(plan, recording(task.plan)))

    @seeded(task.seed)
    @settings(
        max_examples=task.pairs,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(cuts), st.integers(1, FARTHEST), st.integers(0, 99))
    def holds(first: Cut, distance: int, throw: int) -> None:
        nonlocal drawn
        drawn += 1
        verdict = run_case(ground(), plan, [first, Cut(first.at + distance, throw=throw)])
        assert not verdict.wrongs, str(verdict)

    try:
        holds()
    except AssertionError as error:
        return drawn, [str(error)]
    return drawn, []
