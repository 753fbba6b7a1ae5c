"""Workers in each other's way: leases, and the time a call has."""

from dataclasses import replace
from itertools import chain, repeat

from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.ports.platform import StepResult
from tests import factories as make
from tests.fakes.platform import ACCEPT, PREPARE
from tests.unit.usecases.publishing.office import LIVE, Office


def test_a_second_worker_finds_nothing_to_do() -> None:
    """While one worker is at the platform, another cannot begin."""
    office = Office()
    seen: list[DeliveryState] = []

    def meanwhile(_order: object) -> StepResult:
        seen.append(office.advance().state)
        return LIVE

    office.platform.script("accept", meanwhile)

    delivered = office.advance()

    assert seen == [DeliveryState.RUNNING]
    assert delivered.state is DeliveryState.DELIVERED
    assert office.platform.count("accept") == 1


def test_who_lost_the_lease_may_still_bear_witness() -> None:
    """A worker slept past its lease; its answer is evidence, and nothing is sent twice."""
    office = Office()

    def sleep(_order: object) -> StepResult:
        office.clock.pass_seconds(120)
        office.advance()
        return LIVE

    office.platform.script("accept", sleep)

    office.advance()
    delivered = office.advance(after=1)

    assert office.platform.count("accept") == 1
    assert delivered.state is DeliveryState.DELIVERED


def test_a_worker_that_slept_past_the_deadline_calls_nothing() -> None:
    """Its process stood still between the commit and the call; others may have looked already."""
    office = Office()
    office.change_delivery(due_at=make.after(300))
    office.advance()
    stopwatch = chain([0.0], repeat(ACCEPT.timeout_seconds))
    office.tools = replace(office.tools, monotonic=lambda: next(stopwatch))

    waiting = office.advance(after=300)

    assert office.platform.count("accept") == 0
    assert waiting.state is DeliveryState.WAITING
    assert waiting.journal.entries[-1].outcome is Outcome.NOT_DONE


def test_a_call_has_only_what_is_left_of_its_time() -> None:
    """The lease was measured from the commit, so the call must end by then too."""
    office = Office()
    stopwatch = chain([0.0], repeat(4.0))
    office.tools = replace(office.tools, monotonic=lambda: next(stopwatch))

    office.advance()

    assert office.platform.steps[0].timeout_seconds == PREPARE.timeout_seconds - 4
