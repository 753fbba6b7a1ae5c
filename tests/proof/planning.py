"""The morning of a release: the site hands it in, it is planned, drawn and scheduled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bot.bootstrap import renderer_of
from bot.domain.accounts.account import Account, PlatformName
from bot.domain.ids import ReleaseId
from bot.domain.permissions import SYSTEM
from bot.domain.posts.post import PostKind
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.releases.release import Release, ReleaseReading
from bot.fetching.guard import Guard
from bot.fetching.http import HttpFetcher
from bot.ports.media import MediaStore
from bot.ports.rendering import Rendered
from bot.rendering.renderer import TemplateRenderer
from bot.usecases.posts.plan_release import plan_release
from bot.usecases.posts.tools import PostTools
from bot.usecases.releases.accept_release import accept_release
from bot.usecases.releases.find_work import awaiting_plan
from tests import factories as make
from tests.proof.broker import Broker
from tests.proof.day import TICK, Day
from tests.proof.faults import Fault, Kind
from tests.proof.ground import Ground
from tests.proof.guide import current
from tests.proof.office import open_account

SITE, PLANNER = "site", "planner"
ASKS_AGAIN = timedelta(seconds=60)


class Planning:
    """The site asks until it is answered; ticks and workers plan what is accepted. The day is cut
    until the release is scheduled, unless the plan is about certain faults only."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._broker: Broker[ReleaseId] = Broker(day.guide, day.ground.time.now)
        self._readings = [_reading("第一条　优化办事时间。")]
        self._asks_at = day.clock.now()
        self._tools = PostTools(
            day.tools.storage,
            day.tools.adapters,
            CutRenderer(day),
            day.ids,
            day.database.searching(),
        )
        _open_office(day)

    def correct(self) -> None:
        """The office hands in a corrected version."""
        self._readings.append(_reading("第一条　优化办事时间，更正。"))
        self._asks_at = self._day.clock.now()

    def tick(self) -> None:
        if self._readings and self._asks_at <= self._day.clock.now():
            self._hand_in()
        with self._day.process(TICK):
            for release in awaiting_plan(self._tools.storage):
                self._broker.hand_over(release)
        self._rest_when_scheduled()

    def work_off(self) -> int:
        done = 0
        while (release := self._broker.take()) is not None:
            self._work(release)
            done += 1
        self._rest_when_scheduled()
        return done

    def work_again(self) -> None:
        for release in self._waiting():
            self._work(release)

    @property
    def next_at(self) -> datetime | None:
        if self._readings:
            return self._asks_at
        return self._day.clock.now() if self._waiting() else None

    def _hand_in(self) -> None:
        """Until the site has its answer it asks again, with the same."""
        self._asks_at, reading = self._day.clock.now() + ASKS_AGAIN, self._readings[0]
        with self._day.process(SITE):
            accepted = accept_release(
                reading,
                source_id=make.source().id,
                actor=SYSTEM,
                storage=self._tools.storage,
                ids=self._tools.ids,
            )
            self._broker.hand_over(accepted.release.id)
            self._readings = [one for one in self._readings if one is not reading]

    def _work(self, release: ReleaseId) -> None:
        with self._day.process(PLANNER):
            plan_release(release, self._tools)

    def _waiting(self) -> list[ReleaseId]:
        return list(awaiting_plan(self._day.database))

    def _rest_when_scheduled(self) -> None:
        if self.next_at is None and not self._day.plan.only:
            self._day.guide.is_resting = True


@dataclass(frozen=True)
class CutRenderer:
    """Draws for real, once for all days; drawing takes time in which things happen."""

    day: Day

    def render(self, release: Release, account: Account, **how: Any) -> Rendered:
        fault = self.day.guide.reach(Kind.DRAW, current().name)
        if fault is Fault.KILLED_BEFORE:
            current().die("while drawing")
        elif fault is not None:
            self.day.interrupt(fault)
        return _drawn(self.day.ground, release, account, how)

    def templates(self, platform: PlatformName, kind: PostKind) -> tuple[str, ...]:
        return _renderer(self.day.ground).templates(platform, kind)


def _drawn(ground: Ground, release: Release, account: Account, how: dict[str, Any]) -> Rendered:
    """What a renderer makes depends on nothing but what it is given."""
    key = (release.content_hash, account.platform, account.mode, how["kind"], how["template"])
    if key not in ground.drawn:
        ground.drawn[key] = _renderer(ground.media).render(release, account, **how)
    return ground.drawn[key]


@cache
def _renderer(media: MediaStore) -> TemplateRenderer:
    return renderer_of(media, HttpFetcher(Guard()), public_url="")


def _open_office(day: Day) -> None:
    """A trusted source, the accounts, and a rule that sends everything to all of them in step."""
    accounts = [party.account for party in day.parties]
    with day.database.begin() as uow:
        uow.sources.add(make.source())
        for party in day.parties:
            open_account(uow, party)
        uow.rules.add(make.rule(*accounts, policy=RolloutPolicy.ALL_OR_NOTHING))
        uow.commit()


def _reading(text: str) -> ReleaseReading:
    content = make.content(body=make.document(text))
    return ReleaseReading(make.release().source_key, content, approval=make.release().approval)
