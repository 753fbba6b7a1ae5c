"""Figures from the simulated platform, morning after morning, as a worker reads them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import PostId
from bot.domain.posts.draft import Draft
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.statistics.figures import ArticleDay, Counting
from bot.platforms.wechat.statistics import WechatStatistics
from bot.ports.statistics import Outlook
from bot.usecases.publishing.tools import PublishingTools
from bot.usecases.statistics.read_figures import read_figures
from bot.usecases.statistics.tools import StatisticsTools
from tests import factories
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault
from tests.integration.platforms.wechat_stage import NAME, SECRETS, ShiftingClock, Stage, Walk


@dataclass
class Office:
    """An account on the simulated platform and what we store of its figures."""

    stage: Stage
    walk: Walk
    clock: ShiftingClock = field(default_factory=ShiftingClock)

    def __post_init__(self) -> None:
        self.storage = FakeStorage(self.clock)
        adapter = self.stage.adapter
        reader = WechatStatistics(
            adapter.http, self.storage.tokens(), self.storage.budgets(), self.clock
        )
        publishing = PublishingTools(self.storage, {}, OpenVault(), lambda: 0.5)
        self.tools = StatisticsTools(publishing, {PlatformName.WECHAT: reader})
        with self.storage.begin() as uow:
            uow.accounts.add(self.walk.access.account, OpenVault().seal(SECRETS))
            uow.commit()

    def publish(self) -> int:
        """Our post, pushed to followers; its msg_data_id."""
        self.walk.prepare()
        self.walk.perform("send")
        self.walk.until_done("confirm")
        now = self.clock.now()
        out = Fact(now, "confirm:call")
        receipt = Receipt(self.walk.evidence, (), out, out)
        with self.storage.begin() as uow:
            uow.posts.add(factories.post(draft=Draft(self.walk.content)))
            live = factories.delivery(state=DeliveryState.DELIVERED, receipt=receipt)
            uow.deliveries.add(live)
            uow.commit()
        return int(self.walk.evidence["msg_data_id"])

    def read_by(self, number: int, **more: int | str) -> None:
        self.stage.wechat.act("readers_read", account=NAME, msg_data_id=number, **more)

    def sleep_until_morning(self) -> None:
        """Tomorrow at nine in Beijing, here and on the platform."""
        now = self.clock.now().astimezone(BEIJING)
        morning = (now + timedelta(days=1)).replace(hour=9, minute=0, second=0)
        self.pass_time(morning - now)

    def pass_time(self, time: timedelta) -> None:
        self.clock.skipped += time
        self.stage.wechat.shift_clock(time.total_seconds())

    def read_all(self) -> int:
        """As many visits as it takes; how many questions were answered."""
        account, total = self.walk.access.account.id, 0
        while answered := read_figures(account, self.tools):
            total += answered
        return total

    def days(self, counting: Counting = Counting.TO_DATE) -> list[ArticleDay]:
        found = self.storage.state.article_days.values()
        return sorted((d for d in found if d.counting is counting), key=lambda d: d.day)

    @property
    def outlook(self) -> Outlook:
        return self.storage.state.outlooks[self.walk.access.account.id]

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(BEIJING).date()


@pytest.fixture
def office(stage: Stage) -> Office:
    """An office whose account pushes to its followers."""
    return Office(stage, stage.walk(Mode.MASS))


def test_what_readers_do_is_known_the_next_morning(office: Office) -> None:
    """Under the post that brought it out, with followers and the account's own day."""
    number = office.publish()
    office.read_by(number, readers=200, shares=12, finished=82, seconds=45)
    office.read_by(number, readers=65, source="朋友圈", seconds=45)
    office.stage.wechat.act("follower_subscribes", account=NAME, openid="oNew")
    office.sleep_until_morning()

    office.read_all()

    (told,) = office.days()
    figures = told.figures
    assert (figures.readers, figures.shares, figures.sources["朋友圈"]) == (265, 12, 65)
    assert (figures.finish_rate, figures.average_seconds) == (0.3094, 45.0)
    assert office.storage.state.articles[told.article].post == PostId("pst_1")
    assert office.storage.state.articles[told.article].was_pushed is True
    assert [one.figures.readers for one in office.days(Counting.ON_DAY)] == [265]
    followers = max(office.storage.state.follower_days.values(), key=lambda d: d.day)
    assert (followers.followers, followers.gained, followers.lost) == (2, 1, 0)
    account = max(office.storage.state.account_days.values(), key=lambda d: d.day)
    assert (account.figures.readers, account.articles) == (265, 1)


def test_an_article_of_an_editors_hand_is_kept_without_a_post(office: Office) -> None:
    """The office wants its figures too."""
    office.walk.prepare()
    draft = office.walk.evidence["draft_media_id"]
    office.stage.wechat.act("editor_publishes", account=NAME, media_id=draft)
    office.stage.wechat.shift_clock(1)
    office.clock.skipped += timedelta(seconds=1)
    number = office.stage.books["published"][0]["msg_data_id"]
    office.read_by(number, readers=30)
    office.sleep_until_morning()

    office.read_all()

    (article,) = office.storage.state.articles.values()
    assert (article.post, article.was_pushed) == (None, False)
    assert article.title == office.walk.content.articles[0].title
    assert article.url.startswith("http")


def test_numbers_grow_and_are_revised_morning_after_morning(office: Office) -> None:
    """The last reading counts; a second visit on the same morning asks nothing."""
    number = office.publish()
    first = office.today
    office.read_by(number, readers=100)
    office.sleep_until_morning()
    office.read_all()
    office.read_by(number, readers=50)
    changes = {"read_user": -10}
    office.stage.wechat.act(
        "platform_revises_figures",
        account=NAME,
        msg_data_id=number,
        day=first.isoformat(),
        changes=changes,
    )
    office.sleep_until_morning()

    asked, again = office.read_all(), office.read_all()

    assert [one.figures.readers for one in office.days()] == [90, 140]
    # 30 growing days, two days of reading, one question each for account and followers.
    assert (asked, again) == (34, 0)


def test_days_nobody_read_are_caught_up(office: Office) -> None:
    """The worker was away for five mornings; every day is there afterwards."""
    number = office.publish()
    for _ in range(5):
        office.read_by(number, readers=10)
        office.sleep_until_morning()

    office.read_all()

    assert [one.figures.readers for one in office.days()] == [10, 20, 30, 40, 50]
    assert [one.figures.readers for one in office.days(Counting.ON_DAY)] == [10] * 5


def test_figures_that_are_late_are_asked_for_later_the_same_day(office: Office) -> None:
    """61503 first, then is_delay, then the final figures."""
    number = office.publish()
    office.read_by(number, readers=10)
    office.sleep_until_morning()
    office.stage.wechat.act("change_switches", datacube_ready_hour=9.5)
    office.read_all()
    too_early = office.days()
    office.pass_time(timedelta(hours=1))
    office.stage.wechat.act("change_switches", datacube_delayed=True)
    office.read_all()
    delayed = office.days()
    office.pass_time(timedelta(hours=2))
    office.stage.wechat.act("change_switches", datacube_delayed=False)
    office.read_all()

    assert too_early == []
    assert [one.is_final for one in delayed] == [False]
    assert [one.is_final for one in office.days()] == [True]
    assert office.outlook.next_at.astimezone(BEIJING).date() == office.today + timedelta(days=1)


def test_an_account_that_lost_its_verification_is_told_and_asked_once(office: Office) -> None:
    """One call a morning, and a sentence for those who can mend it."""
    changes = {"verified": False}
    office.stage.wechat.act("change_account", account=NAME, changes=changes)
    office.sleep_until_morning()

    assert office.read_all() == 0
    finding = office.outlook.finding
    assert finding is not None
    assert "48001" in finding.what
    assert office.outlook.next_at > office.clock.now() + timedelta(hours=20)


def test_answers_in_the_other_shapes_are_read_too(office: Office) -> None:
    """Each open question of the reference the other way round."""
    office.walk.access = replace(
        office.walk.access,
        account=replace(
            office.walk.access.account,
            options=office.walk.access.account.options | {"read_time_unit": "second"},
        ),
    )
    other = Office(office.stage, office.walk)
    number = other.publish()
    other.read_by(number, readers=2, seconds=40)
    other.stage.wechat.act(
        "change_switches",
        datacube_early="leave_out",
        datacube_least_readers=0,
        biz_summary_nested=True,
        activetime_in_seconds=True,
    )
    other.sleep_until_morning()

    other.read_all()

    (told,) = other.days()
    account = max(other.storage.state.account_days.values(), key=lambda d: d.day)
    assert (told.figures.readers, told.figures.average_seconds) == (2, 40.0)
    assert account.figures.readers == 2


def test_the_moment_of_a_reading_is_kept(office: Office) -> None:
    """Whoever sees a figure can see how old it is."""
    number = office.publish()
    office.read_by(number, readers=10)
    office.sleep_until_morning()
    before = office.clock.now()

    office.read_all()

    assert before <= office.days()[0].read_at <= datetime.now(UTC) + office.clock.skipped
