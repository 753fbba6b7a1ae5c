"""A release day in one process: real use cases, real adapters, the sandbox's logic, our time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.domain.ids import AccountId, DeliveryId, PostId
from bot.domain.permissions import SYSTEM
from bot.domain.posts.post import Post
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.ports.clock import Clock
from bot.ports.storage import StorageUnavailable, UnitOfWork
from bot.usecases.accounts.stop import lift_stop
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.apply_job_events import apply_job_events
from bot.usecases.publishing.ring_due import ring_due
from bot.usecases.publishing.settle import KEPT_BY_SIBLINGS
from tests import factories as make
from tests.integration.publishing.killing import Killed
from tests.integration.publishing.town import NumberedIds
from tests.proof.afflicting import Affliction
from tests.proof.assembly import open_desk, open_tools, parties_of
from tests.proof.broker import Broker, DeliveryBell
from tests.proof.database import CALLBACKS, WORKER, CutStorage
from tests.proof.doorway import through_door
from tests.proof.faults import Fault
from tests.proof.ground import Ground
from tests.proof.guide import Guide, Process, acting, current
from tests.proof.interference import interfere
from tests.proof.office import Party, Plan, Seams, order_posts
from tests.proof.sequel import Shift

TICK = "tick"
MOST_ROUNDS = 150
BELL_AGAIN_SECONDS = 5.1
DUE_AFTER_SECONDS = 60.0
LEASE_SECONDS = 30.0
SLEEP_SECONDS = 400.0
"""Longer than any lease, and than it takes to prove that a post is absent."""
JUMP_SECONDS = 1800.0
STOPPED_SECONDS = 300.0
PERSON_COMES_AFTER_SECONDS = 45.0

Job = tuple[AccountId, DeliveryId]
MakeDatabase = Callable[[Clock], Any]
"""Makes an empty database for one day, in memory or real, whose clock is ours."""


@dataclass
class OurClock:
    """What our machines believe the time is."""

    true: Callable[[], datetime]
    skew: timedelta = timedelta()

    def now(self) -> datetime:
        return self.true() + self.skew


class Day:
    """One plan, run once, with the cuts of its guide."""

    def __init__(
        self, ground: Ground, plan: Plan, guide: Guide, *, seams: Seams, make_database: MakeDatabase
    ) -> None:
        self.ground, self.plan, self.guide, self.seams = ground, plan, guide, seams
        ground.time.next_morning()
        ground.network.day = ground.line.day = self
        self.clock = OurClock(ground.time.now)
        self.database = make_database(self.clock)
        self.parties = tuple(parties_of(plan, ground))
        self.lease_holders: dict[DeliveryId, Process] = {}
        self.wrongs: list[str] = []
        self.affliction = Affliction()
        self._broker: Broker[Job] = Broker(guide, ground.time.now)
        self._lifted_at: datetime | None = None
        self._awaited: dict[AccountId, datetime] = {}
        self.shifts: list[Shift] = []
        self.ids = NumberedIds()
        self.due_at = ground.time.at + timedelta(seconds=DUE_AFTER_SECONDS)
        self.tools = open_tools(self.database, ground, self.clock, site=self, seams=seams)
        self.morning = plan.morning(self) if plan.morning is not None else None
        if self.morning is not None:
            self.shifts.append(self.morning)
        else:
            order_posts(self.parties, self.database, media=ground.media, due_at=self.due_at)
        self._desk = open_desk(self.database, self.clock, self.ids)

    # --- the day takes its course --------------------------------------------------------------

    def run(self) -> None:
        """Until every delivery has ended, or only people can end what it waits for, and no shift
        has anything left to do by itself."""
        for _ in range(MOST_ROUNDS):
            posts_rest = all(self._waits_for_people(d) for d in self.open_deliveries())
            if posts_rest and all(shift.next_at is None for shift in self.shifts):
                self._settle()
                return
            self._round()
        self.wrongs.append("stuck: rounds without end")

    def meanwhile(self, seconds: float = SLEEP_SECONDS) -> None:
        """Others work while the current process sleeps."""
        wakes_at = self.ground.time.at + timedelta(seconds=seconds)
        while self.ground.time.at < wakes_at:
            self._round(until=wakes_at)

    def interrupt(self, fault: Fault) -> None:
        """What happens while the current process does nothing."""
        match fault:
            case Fault.STOPPED_AFTER:
                self.meanwhile()
            case Fault.SECOND_WORKER:
                for delivery in self.deliveries():
                    self._work((delivery.account, delivery.id))
                for shift in self.shifts:
                    shift.work_again()
            case Fault.SECOND_TICK:
                self._tick()
                self._work_off()
            case Fault.CLOCK_FORWARD:
                self.clock.skew += timedelta(seconds=JUMP_SECONDS)
            case Fault.CLOCK_BACK:
                self.clock.skew -= timedelta(seconds=JUMP_SECONDS)
            case Fault.BROKER_EMPTIED:
                self._broker.empty()
            case Fault.STOPPED_BY_PERSON | Fault.HELD_BY_PERSON | Fault.NEW_VERSION:
                interfere(self, fault)
                self._lifted_at = self.ground.time.at + timedelta(seconds=STOPPED_SECONDS)

    @contextmanager
    def process(self, name: str, account: str = "") -> Iterator[None]:
        """A process of its own: killed ones are gone, a job that fails is logged, bugs are seen."""
        try:
            with acting(Process(name, account)):
                yield
        except (Killed, StorageUnavailable):
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, the proof has to tell it
            self.wrongs.append(f"{name} crashed: {type(error).__name__}: {error}")

    def _round(self, until: datetime | None = None) -> None:
        self._settle()
        if self._lifted_at is not None and self.ground.time.at >= self._lifted_at:
            lift_stop(None, actor=SYSTEM, storage=self.database)
            self._lifted_at = None
        self._press_publish()
        self._tick()
        if not self._work_off():
            self._let_time_pass(until)

    def _tick(self) -> None:
        with self.process(TICK):
            ring_due(storage=self.tools.storage, doorbell=DeliveryBell(self._broker))  # type: ignore[arg-type]
            apply_job_events(self.tools)
        for shift in self.shifts:
            shift.tick()

    def _work_off(self) -> int:
        done = 0
        while (job := self._broker.take()) is not None:
            self._work(job)
            self._settle()
            done += 1
        return done + sum(shift.work_off() for shift in self.shifts)

    def _work(self, job: Job) -> None:
        with self.process(WORKER, job[0]):
            advance_delivery(job[1], self.tools)

    def _settle(self) -> None:
        for platform in {id(p.platform): p.platform for p in self.parties}.values():
            platform.settle()

    def _press_publish(self) -> None:
        """A person at the platform's console publishes what waits there for one, the oldest."""
        for party in self.parties:
            delivery = self.delivery(party)
            if delivery is None or delivery.state is not DeliveryState.AWAITING_PERSON:
                continue
            since = self._awaited.setdefault(party.account, self.ground.time.at)
            waited = (self.ground.time.at - since).total_seconds()
            drafts = party.platform.drafts(party.name)
            if waited >= PERSON_COMES_AFTER_SECONDS and party.effects == 0 and drafts:
                party.platform.act("editor_publishes", account=party.name, media_id=drafts[0])

    # --- time ----------------------------------------------------------------------------------

    def pass_seconds(self, seconds: float) -> None:
        """Let time go by."""
        self.ground.time.pass_seconds(seconds)

    def _let_time_pass(self, until: datetime | None) -> None:
        """To the next moment at which anything can happen."""
        now = self.ground.time.at
        waiting = [d for d in self.open_deliveries() if not self._waits_for_people(d)]
        pacing = [d for d in waiting if not is_kept(d)] or waiting
        moments = [m for d in pacing for m in self._moments(d) if m > now]
        moments += [at for at in self._moments_of_shifts() if at > now]
        target = min(moments, default=now + timedelta(seconds=BELL_AGAIN_SECONDS))
        if until is not None:
            target = min(target, until)
        self.pass_seconds((target - now).total_seconds() + 0.001)

    def _moments(self, delivery: Delivery) -> list[datetime]:
        now, skew = self.ground.time.at, self.clock.skew
        is_prepared = delivery.prepared_at and delivery.state is DeliveryState.WAITING
        if is_prepared and delivery.due_at - skew > now:
            return [delivery.due_at - skew]
        due = [m for m in (delivery.next_at, delivery.lease_until) if m is not None]
        moments = [max(due) - skew] if due else []
        if due and max(due) - skew <= now:
            moments.append(now + timedelta(seconds=BELL_AGAIN_SECONDS))
        told = (party.platform.stage.agenda.next_due for party in self.parties)
        return moments + [datetime.fromtimestamp(at, now.tzinfo) for at in told if at is not None]

    def _moments_of_shifts(self) -> Iterator[datetime]:
        yield from self._broker.moments
        for shift in self.shifts:
            if shift.next_at is not None:
                yield shift.next_at - self.clock.skew

    # --- what boundaries ask -------------------------------------------------------------------

    def party(self) -> Party:
        """Whose account the current process works for."""
        return next(party for party in self.parties if party.account == current().account)

    def ask(self, request: httpx.Request) -> httpx.Response:
        """The platform's answer to a request that has arrived."""
        found = (p.platform for p in self.parties if request.url.host.startswith(p.platform.name))
        return next(found).ask(request, caller=f"10.0.0.{self.parties[0].number}")

    def lease_and_die(self, delivery: DeliveryId) -> None:
        """Another worker leases the delivery, and is gone."""
        with self.database.begin() as uow:
            if uow.deliveries.lease(delivery, seconds=LEASE_SECONDS):
                self.lease_holders[delivery] = Process(WORKER, is_alive=False)
            uow.commit()

    def is_at_home(self, path: str) -> bool:
        """Whether a callback address is one of today's."""
        return any(path.endswith(f"/{party.account}") for party in self.parties)

    async def open_door(self, request: httpx.Request) -> httpx.Response:
        """Our door's answer to a push.

        Raises:
            httpx.ReadError: the process behind the door died.
        """
        writer = self.seams.writer(CutStorage(self.database, self))
        with acting(Process(CALLBACKS)):
            try:
                return await through_door(self._desk, writer, request)
            except Killed as killed:
                raise httpx.ReadError("the callbacks' process died") from killed

    # --- what is known in the end --------------------------------------------------------------

    def post(self, party: Party) -> PostId | None:
        """The newest post on the party's account."""
        if self.morning is None:
            return party.post
        with self.database.begin() as uow:
            own = [post for post in posts_of_the_day(uow) if post.account == party.account]
        return max(own, key=lambda post: post.release_version).id if own else None

    def delivery(self, party: Party) -> Delivery | None:
        """The newest delivery of the party's newest post, as stored."""
        post = self.post(party)
        with self.database.begin() as uow:
            found = uow.deliveries.of_post(post) if post is not None else []
        return max(found, key=lambda delivery: delivery.revision, default=None)

    def deliveries(self) -> list[Delivery]:
        """Those of all parties."""
        return [found for found in map(self.delivery, self.parties) if found is not None]

    def open_deliveries(self) -> list[Delivery]:
        """Those for which something will still happen by itself."""
        return [delivery for delivery in self.deliveries() if delivery.state in OPEN_STATES]

    def _waits_for_people(self, delivery: Delivery) -> bool:
        """Whether only a person can end its waiting, which it says: for what stops its whole
        account, or for a sibling that is held."""
        if is_kept(delivery):
            has_looked = delivery.next_at is not None and delivery.next_at > self.clock.now()
            others = [sibling for sibling in self.deliveries() if not is_kept(sibling)]
            return has_looked and any(
                one.state is DeliveryState.HELD or self._waits_for_people(one) for one in others
            )
        with self.database.begin() as uow:
            trouble = uow.accounts.trouble(delivery.account)
        return trouble is not None and bool(delivery.hold_reason)


def posts_of_the_day(uow: UnitOfWork) -> Sequence[Post]:
    """The posts of the release of the day, of all its versions."""
    release = uow.releases.by_key(make.source().id, make.release().source_key)
    return uow.posts.of_release(release.id) if release is not None else ()


def is_kept(delivery: Delivery) -> bool:
    """Whether it is due, and waits for its siblings."""
    return delivery.hold_reason == KEPT_BY_SIBLINGS
