"""值守 in a real browser: it fits a phone and a laptop, and a doubt is decided in three presses."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.domain.ids import PostId
from bot.domain.people import Role
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.newsstand import ShownPost
from tests import factories as make
from tests.unit.console.desk import Desk
from tests.unit.console.duty_town import TITLE, WARNING, on_duty
from tests.unit.console.town import settle

pytestmark = pytest.mark.browser

OURS = "https://public.example/s/ours"
PAGES = [
    *("/duty", "/doubts", "/doubts/pst_9", "/quiet", "/outages", "/notices"),
    *("/emergency", "/emergency/rel_e"),
    *("/stop", "/lift", "/accounts/acc_1", "/releases/rel_2", "/posts/pst_9"),
]


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    """A console on a bad day, and Wang, who may do everything."""
    made = Desk(sqlite_url)
    settle(made.storage)
    on_duty(made.storage)
    made.employ("wang", *Role)
    made.newsstand.shown = [
        ShownPost(TITLE, OURS, make.after(-500), {"platform_post_id": "77", "urls": OURS})
    ]
    yield made
    made.storage.dispose()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_page_of_duty_is_wider_than_its_window(page: Page, width: int) -> None:
    """At night the officer has a phone."""
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = []

    for path in PAGES:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(path)

    assert too_wide == []


def test_a_doubt_is_looked_for_and_decided(page: Page, desk: Desk) -> None:
    """Look, choose, say why: the delivery closes and leaves the list."""
    page.goto("/doubts")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="到平台查看").click()
    expect(page.get_by_role("status")).to_contain_text("已到平台查看")

    page.get_by_label(TITLE).check()
    page.locator("#reason-found").fill("后台看到了")
    page.get_by_role("button", name="已经发出，就是它").click()

    expect(page.get_by_role("status")).to_contain_text("系统不会再发送")
    expect(page.get_by_text("没有结果未知的稿件")).to_be_visible()
    with desk.storage.begin() as uow:
        closed = uow.deliveries.of_post(PostId("pst_9"))[-1]
    assert closed.state is DeliveryState.DELIVERED


def test_everything_is_stopped_and_lifted_with_reasons(page: Page) -> None:
    """The stop is one page away from everywhere; lifting says what goes out at once."""
    page.goto("/")
    page.get_by_role("link", name="紧急停发").first.click()
    page.fill("#reason", "发现稿件有误")
    page.get_by_role("button", name="立即停发").click()
    expect(page.get_by_text("发现稿件有误").first).to_be_visible()

    page.get_by_role("link", name="解除停发").first.click()
    page.get_by_role("button", name="解除停发").click()

    expect(page.get_by_role("status")).to_contain_text("已解除停发")


def test_an_emergency_goes_out_with_one_press(page: Page) -> None:
    """Its previews and clocks on the page, one button for all accounts."""
    page.goto("/duty")
    page.locator("main").get_by_role("link", name="应急通道").last.click()
    page.get_by_role("link", name=WARNING).click()

    page.get_by_role("button", name="看过全部稿件，批准并立即发布").click()

    expect(page.get_by_role("status")).to_contain_text("已批准，正在发布")
    expect(page.get_by_role("button", name="看过全部稿件，批准并立即发布")).to_have_count(0)
