"""A busy day on one account with a new account's quotas: nothing is late because of questions."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.ids import AccountId, DeliveryId, PostId, RolloutId
from bot.domain.posts.draft import Draft
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.ports.storage import UnitOfWork
from bot.sandbox.faults import FaultKind
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.tools import PublishingTools
from tests import factories
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault
from tests.integration.platforms.wechat_stage import SECRETS, Stage

POSTS = 30
EVERY = timedelta(minutes=18)
SUBMIT, GET = "/cgi-bin/freepublish/submit", "/cgi-bin/freepublish/get"
LIST = "/cgi-bin/freepublish/batchget"


class BusyDay:
    """Thirty posts from eight in the morning, and whoever works on what is due."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.storage = FakeStorage(stage.clock)
        self.tools = PublishingTools(
            self.storage, {PlatformName.WECHAT: stage.adapter}, OpenVault(), lambda: 0.5
        )
        self._begin_at_eight()
        walk = stage.walk(Mode.PUBLISH)
        start = stage.clock.now()
        with self.storage.begin() as uow:
            uow.sources.add(factories.source())
            uow.releases.add(factories.release())
            uow.accounts.add(walk.access.account, OpenVault().seal(SECRETS))
            for number in range(POSTS):
                self._order(uow, number, start + number * EVERY, walk.access.account.id)
            uow.commit()

    def _begin_at_eight(self) -> None:
        now = datetime.now(UTC)
        eight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        self._pass(eight - self.stage.clock.now())

    def _order(self, uow: UnitOfWork, number: int, due: datetime, account: AccountId) -> None:
        content = self.stage.content(f"第 {number + 1} 号通知")
        rollout, post = RolloutId(f"rol_{number}"), PostId(f"pst_{number}")
        uow.posts.add_rollout(factories.rollout(id=rollout))
        uow.posts.add(
            factories.post(
                id=post,
                rollout=rollout,
                account=account,
                draft=Draft(content),
                approved_hash=content.hash,
                due_at=due,
            )
        )
        uow.deliveries.add(
            factories.delivery(
                id=DeliveryId(f"dlv_{number}"),
                post=post,
                rollout=rollout,
                account=account,
                content_hash=content.hash,
                due_at=due,
                next_at=due - timedelta(minutes=10),
            )
        )

    def work_until_evening(self) -> list[Delivery]:
        """Let everything happen at its time, until nothing is left to do or the day is over."""
        evening = self.stage.clock.now() + timedelta(hours=15)
        while self.stage.clock.now() < evening:
            waiting = [one for one in self.deliveries if one.state in OPEN_STATES]
            if not waiting:
                break
            following = min(waiting, key=lambda one: one.next_at or evening)
            self._pass((following.next_at or evening) - self.stage.clock.now())
            advance_delivery(following.id, self.tools)
        return self.deliveries

    def _pass(self, time: timedelta) -> None:
        if time > timedelta():
            self.stage.clock.skipped += time
            self.stage.wechat.shift_clock(time.total_seconds())

    @property
    def deliveries(self) -> list[Delivery]:
        with self.storage.begin() as uow:
            return [uow.deliveries.get(DeliveryId(f"dlv_{n}")) for n in range(POSTS)]

    def calls(self) -> Counter[str]:
        return Counter(one["path"] for one in self.stage.wechat.calls())


@pytest.mark.parametrize("job_minutes", [0, 7, 40], ids=["quick", "slow", "very slow"])
def test_thirty_posts_of_a_day_are_all_out_in_time_and_known_the_same_day(
    stage: Stage, job_minutes: int
) -> None:
    """Every event is lost and the platform takes its time, so everything must be asked: what is
    asked stays within the quotas, and no post waits for it."""
    stage.wechat.act("change_switches", publish_seconds=60.0 * job_minutes)
    stage.fault(FaultKind.EVENT_LOST, "*", count=0)
    day = BusyDay(stage)

    ends = day.work_until_evening()

    late = [one.accepted_at - one.due_at for one in ends if one.accepted_at]
    calls = day.calls()
    assert len(stage.books["published"]) == POSTS
    assert len(late) == POSTS
    assert max(late) < timedelta(seconds=30)
    assert {one.state for one in ends} == {DeliveryState.DELIVERED}
    assert calls[SUBMIT] == POSTS
    assert calls[GET] <= 90
    assert calls[LIST] <= 90
    assert not [one for one in stage.wechat.calls() if one["outcome"].startswith("error")]
