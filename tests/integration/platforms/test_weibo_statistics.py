"""Figures from the simulated Weibo, morning after morning, as a worker reads them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import CredentialExpired
from bot.domain.ids import PostId
from bot.domain.posts.draft import Draft
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.statistics.figures import ArticleDay, FollowerDay
from bot.platforms.weibo.statistics import WeiboStatistics
from bot.ports.statistics import Outlook
from bot.sandbox.faults import Fault, FaultKind
from bot.usecases.publishing.tools import PublishingTools
from bot.usecases.statistics.read_figures import read_figures
from bot.usecases.statistics.tools import StatisticsTools
from tests import factories
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault
from tests.integration.platforms.weibo_stage import Site, post


@dataclass
class Clock:
    """Real time, moved forward by what a test skips."""

    skipped: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skipped


@dataclass
class Office:
    """An account on the simulated platform and what we store of its figures."""

    site: Site
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.storage, adapter = FakeStorage(self.clock), self.site.adapter
        tokens, budgets = self.storage.tokens(), self.storage.budgets()
        reader = WeiboStatistics(adapter.http, tokens, budgets, self.clock)
        publishing = PublishingTools(self.storage, {}, OpenVault(), lambda: 0.5)
        self.tools = StatisticsTools(publishing, {PlatformName.WEIBO: reader})
        self.access = self.site.access()
        with self.storage.begin() as uow:
            uow.accounts.add(self.access.account, OpenVault().seal(dict(self.access.secrets)))
            uow.commit()

    def publish(self) -> None:
        """Our post, public."""
        content = post()
        evidence = self.site.perform("share", self.site.order(content)).evidence
        out = Fact(self.clock.now(), "share:call")
        with self.storage.begin() as uow:
            account = self.access.account.id
            uow.posts.add(factories.post(account=account, draft=Draft(content)))
            receipt = Receipt(evidence, (), out, out)
            state = DeliveryState.DELIVERED
            uow.deliveries.add(factories.delivery(account=account, state=state, receipt=receipt))
            uow.commit()

    def sleep_until_morning(self) -> None:
        """Tomorrow at nine in Beijing, here and on the platform."""
        now = self.clock.now().astimezone(BEIJING)
        morning = (now + timedelta(days=1)).replace(hour=9, minute=0, second=0)
        self.clock.skipped += morning - now
        self.site.weibo.shift_clock((morning - now).total_seconds())

    def read_all(self) -> int:
        total = 0
        while answered := read_figures(self.access.account.id, self.tools):
            total += answered
        return total

    def days(self) -> list[ArticleDay]:
        return sorted(self.storage.state.article_days.values(), key=lambda day: day.day)

    def followers(self) -> list[FollowerDay]:
        return sorted(self.storage.state.follower_days.values(), key=lambda day: day.day)

    @property
    def outlook(self) -> Outlook:
        return self.storage.state.outlooks[self.access.account.id]

    @property
    def yesterday(self) -> date:
        return self.clock.now().astimezone(BEIJING).date() - timedelta(days=1)


@pytest.fixture
def office(site: Site) -> Office:
    """An office with a post that is out."""
    made = Office(site)
    made.publish()
    return made


def test_what_became_of_a_post_is_known_the_next_morning(office: Office) -> None:
    """Under the post that brought it out, with the account's followers, for two calls."""
    weibo = office.site.weibo
    weibo.act("comment", account="fabu", text="个体户适用吗？")
    for _ in range(3):
        weibo.act("like_post", account="fabu")
    weibo.act("repost_post", account="fabu")
    office.sleep_until_morning()
    before = len(weibo.calls("*"))

    office.read_all()

    (told,) = office.days()
    figures = told.figures
    assert (figures.shares, figures.likes, figures.comments) == (1, 3, 1)
    assert figures.readers is None
    assert (told.day, told.is_final) == (office.yesterday, True)
    assert office.storage.state.articles[told.article].post == PostId("pst_1")
    assert [(day.followers, day.gained) for day in office.followers()] == [(1204, None)]
    assert len(weibo.calls("*")) - before == 2


def test_each_morning_adds_a_day_and_nothing_is_asked_twice(office: Office) -> None:
    """Figures only say how things stand when they are read."""
    office.sleep_until_morning()
    office.read_all()
    again = office.read_all()
    office.site.weibo.act("message", account="fabu", kind="event", subtype="follow")
    office.site.weibo.act("like_post", account="fabu")
    office.sleep_until_morning()
    office.read_all()

    assert again == 0
    assert [day.figures.likes for day in office.days()] == [0, 1]
    assert [day.followers for day in office.followers()] == [1204, 1205]


def test_a_post_that_is_gone_keeps_its_last_figures(office: Office) -> None:
    """The platform leaves it out."""
    office.sleep_until_morning()
    office.read_all()
    office.site.weibo.act("delete_post", account="fabu")
    office.sleep_until_morning()
    office.read_all()

    assert len(office.days()) == 1
    assert len(office.followers()) == 2


def test_an_app_that_may_not_see_followers_still_tells_of_posts(office: Office) -> None:
    """And the page says what is missing and who can help."""
    denied = Fault(FaultKind.ERROR, "/2/users/show.json", code=10014, count=9)
    office.site.weibo.add_fault(denied)
    office.sleep_until_morning()

    read_figures(office.access.account.id, office.tools)

    assert len(office.days()) == 1
    assert office.outlook.finding is not None
    assert "10014" in office.outlook.finding.what


def test_a_dead_token_is_shown_until_there_is_a_new_one(office: Office) -> None:
    """With who can renew it."""
    office.site.weibo.act("revoke_tokens", account="fabu")
    office.sleep_until_morning()

    with pytest.raises(CredentialExpired):
        office.read_all()

    assert office.outlook.finding is not None
    assert "授权" in office.outlook.finding.next_step
