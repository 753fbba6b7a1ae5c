"""A case in a real browser, in the hands of two people; keys of lists, and folds of the inbox."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.domain.ids import ReplyId
from bot.domain.people import Role
from tests import factories as make
from tests.unit.console.desk import PASSWORD, Desk
from tests.unit.console.town_cases import DRAFT

pytestmark = pytest.mark.browser


@pytest.fixture
def contact(chromium: Browser, site: str, desk: Desk) -> Iterator[Page]:
    """The phone of the water department's contact."""
    desk.employ("zhao", Role.DEPT_CONTACT, department="water")
    phone = {"width": 390, "height": 800}
    with chromium.new_context(base_url=site, locale="zh-CN", viewport=phone) as context:
        window = context.new_page()
        window.goto("/login")
        window.fill("#login", "zhao")
        window.fill("#password", PASSWORD)
        window.get_by_role("button", name="登录").click()
        window.wait_for_url("**/")
        yield window


def test_a_case_is_handled_by_two_people(page: Page, contact: Page) -> None:
    """Opened from a follower's words, given, transferred, signed for, answered, closed."""
    page.goto("/replies/rpy_2")
    page.locator("#case_class").select_option(label="投诉")
    page.locator("#department").select_option(label="住房和城乡建设局")
    page.get_by_role("button", name="开立办理件").click()
    expect(page.get_by_role("status").first).to_contain_text("已开立办理件")

    page.keyboard.press("t")
    expect(page.locator("#department-assign")).to_be_focused()
    page.locator("#department-assign").select_option(label="水务局")
    page.locator("#note-assign").fill("请联系来信人")
    page.get_by_role("button", name="转办", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已转办")

    contact.reload()
    contact.get_by_role("link", name="补贴标准").click()
    contact.get_by_role("button", name="签收").click()
    contact.locator("h1").click()
    contact.keyboard.press("r")
    contact.locator("#text").fill(DRAFT)
    contact.locator("#channel").select_option(label="电话答复")
    contact.get_by_role("button", name="提交审核").click()
    expect(contact.get_by_role("status").first).to_contain_text("已提交审核")

    page.reload()
    page.get_by_role("button", name="通过并答复").click()
    expect(page.get_by_role("status").first).to_contain_text("审核通过")
    page.get_by_role("button", name="办结").click()

    expect(page.get_by_role("status").first).to_contain_text("已办结")
    story = page.locator(".story li")
    expect(story).to_have_count(7)
    expect(story.nth(2)).to_contain_text("转办")
    expect(story.nth(2)).to_contain_text("请联系来信人")


def test_keys_move_in_the_list(page: Page) -> None:
    """J down, K up, Enter opens; letters that are typed stay letters."""
    page.goto("/cases")

    for key in "jjk":
        page.keyboard.press(key)

    expect(page.locator(".row-title").first).to_be_focused()
    page.locator("#number").press_sequentially("jk")
    expect(page.locator("#number")).to_have_value("jk")
    expect(page.get_by_text("没有找到")).to_be_visible()


def test_a_fold_of_the_inbox_opens_by_keys_and_is_set_aside(page: Page, desk: Desk) -> None:
    """Also in a list that was narrowed in place; the list stays narrowed."""
    with desk.storage.begin() as uow:
        for number, text in enumerate(("谢谢", "[赞]", "1"), start=1):
            said = make.incoming(key=f"n{number}", text=text)
            one = make.reply(id=ReplyId(f"rpy_n{number}"), incoming=said)
            uow.replies.store([one])
        uow.commit()
    page.goto("/replies")
    page.locator("#handling").select_option(label="待处理")
    page.wait_for_url("**handling=waiting**")
    thanks = page.get_by_role("link", name="谢谢")
    expect(thanks).to_be_hidden()

    page.locator("h1").click()
    while not page.evaluate("document.activeElement.matches('summary')"):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(thanks).to_be_visible()
    page.get_by_role("button", name="这 3 条都无需答复").click()

    expect(page.get_by_role("status").first).to_contain_text("已登记为无需答复")
    expect(thanks).to_have_count(0)
    expect(page.locator("#handling")).to_have_value("waiting")
