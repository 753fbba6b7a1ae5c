"""Running one case: a plan with its cuts, from morning until people have settled it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.clock import Clock
from tests.fakes.storage import FakeStorage
from tests.integration.publishing.town import AUDIT_KEY
from tests.proof.checks import wrongs_at_rest, wrongs_in_the_end
from tests.proof.day import Day, MakeDatabase
from tests.proof.faults import (
    FAULTS_AT,
    OF_THE_ACCEPTING_CALL,
    OF_WHAT_WAITS,
    Fault,
    Kind,
)
from tests.proof.ground import Ground
from tests.proof.guide import Boundary, Cut, Guide
from tests.proof.office import Plan, Seams
from tests.proof.people import people_decide, people_mend
from tests.proof.sequel import Sequel


def in_memory(clock: Clock) -> FakeStorage:
    """A database that keeps its promises by contract, and costs nothing."""
    return FakeStorage(clock, audit_key=AUDIT_KEY)


@dataclass(frozen=True)
class Verdict:
    """How a case went: what struck, how each delivery rested, and what was wrong."""

    plan: str
    cuts: tuple[Cut, ...]
    struck: tuple[str, ...]
    rested: tuple[str, ...]
    wrongs: tuple[str, ...]
    passed: tuple[Boundary, ...] = field(repr=False, default=())

    def __str__(self) -> str:
        told = "; ".join(self.wrongs)
        return f"{self.plan}: {', '.join(self.struck) or 'nothing struck'} → {told}"


def run_case(
    ground: Ground,
    plan: Plan,
    cuts: Sequence[Cut] = (),
    *,
    seams: Seams | None = None,
    make_database: MakeDatabase = in_memory,
) -> Verdict:
    """One day with these cuts."""
    guide = Guide(tuple(cuts))
    day = Day(ground, plan, guide, seams=seams or Seams(), make_database=make_database)
    rested, wrongs = _day(day) if plan.sequel is None else _sequel(day, plan.sequel)
    return Verdict(
        plan.name,
        tuple(cuts),
        tuple(f"{fault} at {boundary}" for boundary, fault in guide.struck),
        tuple(rested),
        tuple(dict.fromkeys(wrongs)),
        tuple(guide.passed),
    )


def _day(day: Day) -> tuple[list[str], list[str]]:
    day.run()
    wrongs, rested = wrongs_at_rest(day), list(_rested(day))
    people_mend(day)
    wrongs += wrongs_at_rest(day)
    people_decide(day)
    return rested, wrongs + wrongs_in_the_end(day)


def _sequel(day: Day, begin: Callable[[Day], Sequel]) -> tuple[list[str], list[str]]:
    day.guide.is_resting = True
    day.run()
    sequel = begin(day)
    day.guide.is_resting = False
    sequel.run()
    wrongs = list(sequel.wrongs_at_rest())
    people_mend(day)
    sequel.go_on()
    wrongs += sequel.wrongs_at_rest()
    sequel.decide()
    return [], [*day.wrongs, *wrongs, *sequel.wrongs_in_the_end(), *wrongs_in_the_end(day)]


def faults_for(plan: Plan, boundary: Boundary) -> Iterator[Fault]:
    """What can go wrong there on this plan."""
    if plan.only:
        yield from (fault for fault in FAULTS_AT[boundary.kind] if fault in plan.only)
        return
    spared = OF_WHAT_WAITS if plan.sequel else frozenset()
    yield from (fault for fault in FAULTS_AT[boundary.kind] if fault not in spared)
    for way in plan.ways:
        if boundary.kind is Kind.CALL and boundary.where == way.accepting:
            yield from (f for f in OF_THE_ACCEPTING_CALL if _happens_on(way.platform, way.mode, f))


_EVENTS = frozenset(
    {Fault.EVENT_BEFORE_ANSWER, Fault.EVENT_LOST, Fault.EVENT_LATE, Fault.EVENT_DOUBLED}
)


def _happens_on(platform: PlatformName, mode: Mode, fault: Fault) -> bool:
    if platform is PlatformName.WECHAT:
        return fault in _EVENTS
    if fault is Fault.ACCEPTED_LATE:
        return mode is not Mode.ARTICLE
    return fault not in _EVENTS and mode is Mode.ARTICLE


def single_cuts(plan: Plan, passed: Sequence[Boundary]) -> Iterator[Cut]:
    """Every fault at every boundary."""
    for number, boundary in enumerate(passed, 1):
        for fault in faults_for(plan, boundary):
            yield Cut(number, fault)


def _rested(day: Day) -> Iterator[str]:
    for end in day.deliveries():
        held = end.state is DeliveryState.HELD
        yield f"{end.state}: {end.hold_reason}" if held else str(end.state)
