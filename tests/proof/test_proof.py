"""A part of the proof with every run of the tests; `make proof` runs all of it."""

import pytest

from bot.ports.clock import Clock
from bot.storage.database import Database
from tests.proof.cases import run_case, single_cuts
from tests.proof.databases import open_database
from tests.proof.plans import PLANS
from tests.proof.running import Task, carry_out, ground, recording

EVERY = 37
EVERY_ON_SQLITE = 331
PAIRS = 12
SEED = 20_261_126

ALL = pytest.mark.parametrize("number", range(len(PLANS)), ids=[plan.name for plan in PLANS])


@ALL
def test_single_faults_leave_every_promise_kept(number: int) -> None:
    """One out of so many; which ones moves with every boundary that is added."""
    cuts = tuple(single_cuts(PLANS[number], recording(number)))[::EVERY]

    count, violations = carry_out(Task(number, cuts))

    assert count == len(cuts)
    assert violations == []


@ALL
def test_pairs_of_faults_leave_every_promise_kept(number: int) -> None:
    """The second often strikes the way out of the first."""
    _, violations = carry_out(Task(number, pairs=PAIRS, seed=SEED))

    assert violations == []


@ALL
def test_on_sqlite_the_same_holds(number: int) -> None:
    """The storage in memory keeps the same promises by contract; here the real one is asked."""
    cuts = tuple(single_cuts(PLANS[number], recording(number)))[::EVERY_ON_SQLITE]

    _, violations = carry_out(Task(number, cuts, on_sqlite=True))

    assert violations == []


@pytest.mark.postgres
@ALL
def test_on_postgresql_the_same_holds(number: int, postgres_url: str) -> None:
    """One fault of each route, each on an empty database."""
    cuts = tuple(single_cuts(PLANS[number], recording(number)))
    opened: list[Database] = []

    def make(clock: Clock) -> Database:
        opened.append(open_database(postgres_url, clock))
        return opened[-1]

    verdict = run_case(ground(), PLANS[number], [cuts[len(cuts) // 2]], make_database=make)
    opened[0].dispose()

    assert verdict.wrongs == ()
