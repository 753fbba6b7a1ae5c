"""A whole release day: three people in three browsers, the real house, the simulated platforms."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.domain.people import Role
from bot.sandbox.faults import Fault, FaultKind
from tests.e2e.conftest import watched
from tests.e2e.office import ACCOUNTS, PASSWORD, Office, opened_office

pytestmark = pytest.mark.browser

DOCUMENT = Path(__file__).with_name("release_day.md")
POLICY = re.compile("提高高龄津贴标准")
PASSAGE = "从受理到首次发放不超过20个工作日。"
CAPTCHA = Fault(FaultKind.ERROR, "/2/statuses/share.json", code=20507, message="need captcha")
NOTHING = {one.name: 0 for one in ACCOUNTS}
ONCE_EACH = {one.name: 1 for one in ACCOUNTS}
PATIENCE_MS = 20_000
"""Three browsers, a console, two platforms and their databases share what there is of a machine."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office of a writer, a reviewer and somebody who publishes."""
    with opened_office(tmp_path, monkeypatch.setenv) as opened:
        opened.employ("zhao", "赵晓岚", Role.WRITER)
        opened.employ("wang", "王立新", Role.REVIEWER)
        opened.employ("chen", "陈志远", Role.APPROVER)
        yield opened


@pytest.fixture
def people(chromium: Browser, office: Office) -> Iterator[list[Page]]:
    """Each signed in, in a browser of their own that complains about nothing."""
    expect.set_options(timeout=PATIENCE_MS)
    with ExitStack() as open_windows:
        windows, complaints = [], list[list[str]]()
        for login in ("zhao", "wang", "chen"):
            context = chromium.new_context(base_url=office.url, locale="zh-CN")
            window = open_windows.enter_context(context).new_page()
            complaints.append(watched(window))
            window.goto("/login")
            window.fill("#login", login)
            window.fill("#password", PASSWORD)
            window.get_by_role("button", name="登录").click()
            window.wait_for_url("**/")
            windows.append(window)
        yield windows
    assert complaints == [[], [], []]


def test_a_release_day_of_three_people(
    people: list[Page], chromium: Browser, office: Office
) -> None:
    """From a file to one effect on every account, with everything in between that a day brings."""
    writer, reviewer, publisher = people

    hand_in(writer)
    approve_the_release(publisher, office)
    submit_with_a_figure_of_ones_own(writer, "15")
    send_back(reviewer, "办理时限以原文为准")
    mend(writer, "办理时限以原文为准")
    for account in ACCOUNTS:
        approve(reviewer, account.name)
    an_edit_voids_the_approval(writer, reviewer)
    approve(reviewer, "云岭民政")

    move_in_the_calendar(publisher)
    publish_now(publisher, office)
    a_stop_in_between(publisher, reviewer, office)
    assert office.effects() == NOTHING
    lift(publisher)
    office.sandbox.weibo.add_fault(CAPTCHA)
    office.work(seconds=60)
    assert office.effects() == ONCE_EACH | {"云岭发布微博": 0}
    try_again_what_failed(publisher, office)

    assert office.effects() == ONCE_EACH
    every_row_has_its_link(writer)
    a_follower_reads_it(chromium, link_of(writer, "云岭民政"))


def hand_in(writer: Page) -> None:
    """A file is read, looked through and handed in."""
    writer.goto("/releases")
    writer.get_by_role("link", name="提交政策").click()
    writer.set_input_files("#file", DOCUMENT)
    writer.get_by_role("button", name="读取文件").click()
    expect(writer.get_by_label("发文字号")).to_have_value("云岭民发〔2026〕31号")
    writer.get_by_role("button", name="提交审批").last.click()
    expect(told(writer)).to_contain_text("等待另一位同事审批")


def approve_the_release(publisher: Page, office: Office) -> None:
    """The list of posts fills itself."""
    errand(publisher, POLICY)
    publisher.fill("#reason", "发文处理单〔2026〕112号")
    publisher.get_by_role("button", name="通过", exact=True).click()
    expect(told(publisher)).to_contain_text("正在生成")
    office.work()
    for account in ACCOUNTS:
        expect(row(publisher, account.name)).to_contain_text("待审核")


def submit_with_a_figure_of_ones_own(writer: Page, figure: str) -> None:
    """What the approved text does not say stands in the way until somebody answers for it; a
    digest that nobody wrote in follows its passage."""
    writer.get_by_role("link", name=re.compile("^同步发布")).click()
    row(writer, "云岭民政").get_by_role("link").last.click()
    writer.get_by_role("link", name="写稿").click()
    digest = writer.get_by_label("摘要")
    expect(digest).to_have_value(re.compile(PASSAGE))
    passage = writer.locator("#step-source li", has_text=PASSAGE)
    passage.get_by_role("button", name="改").click()
    written = writer.locator("#blocks textarea")
    written.fill(written.input_value().replace("20", figure))
    finding = writer.locator("#findings")
    expect(finding).to_contain_text(f"“{figure}个工作日”在批准的原文中找不到")
    writer.get_by_role("button", name="提交审核").click()
    expect(writer.locator(".summary")).to_contain_text("找不到")
    expect(digest).to_have_value(re.compile(f"不超过{figure}个工作日"))

    for _ in range(finding.get_by_text("保留并说明").count()):
        finding.get_by_text("保留并说明").first.click()
        finding.locator("textarea").first.press_sequentially("新窗口的承诺", delay=120)
        finding.get_by_role("button", name="保存并保留").first.click()
        expect(told(writer)).to_contain_text("说明已记下")
    writer.get_by_role("button", name="提交审核").click()
    expect(told(writer)).to_contain_text("已提交")


def send_back(reviewer: Page, reason: str) -> None:
    """With what the writer had answered for before one's eyes."""
    errand(reviewer, "云岭民政")
    expect(reviewer.locator("main")).to_contain_text("说明：新窗口的承诺")
    reviewer.get_by_text("退回修改").first.click()
    reviewer.get_by_label("退回的原因").fill(reason)
    reviewer.get_by_role("button", name="退回给撰稿人").click()
    expect(told(reviewer)).to_contain_text("已退回")


def mend(writer: Page, reason: str) -> None:
    """The reason is read where one writes; the approved words come back with one press."""
    errand(writer, "云岭民政")
    writer.get_by_role("link", name="写稿").click()
    expect(writer.get_by_text(reason)).to_be_visible()
    writer.locator("#blocks").get_by_role("button", name="恢复原文").click()
    expect(writer.locator("#findings")).to_contain_text("没有发现问题")
    writer.get_by_role("button", name="提交审核").click()
    expect(told(writer)).to_contain_text("已提交")


def approve(reviewer: Page, account: str) -> None:
    """What waits on 今日 is read and passed."""
    errand(reviewer, account)
    reviewer.get_by_role("button", name=re.compile("通过$")).click()
    expect(told(reviewer)).to_contain_text("通过")


def an_edit_voids_the_approval(writer: Page, reviewer: Page) -> None:
    """Said before, and shown afterwards beside what is different."""
    writer.get_by_role("link", name="写稿").click()
    expect(writer.get_by_text("保存改动后批准失效")).to_be_visible()
    writer.get_by_label("标题", exact=True).fill("云岭市提高高龄津贴标准")
    writer.get_by_role("button", name="提交审核").click()
    expect(told(writer)).to_contain_text("已提交")
    errand(reviewer, "云岭民政")
    expect(reviewer.get_by_text("与上次审核相比")).to_be_visible()
    expect(reviewer.locator("#deeds")).to_contain_text("通过后就可以定时发布")


def move_in_the_calendar(publisher: Page) -> None:
    """The question says what it means before anything moves."""
    publisher.goto("/calendar")
    entry = publisher.locator("[data-post]", has_text="云岭发布微博")
    entry.locator(".slot-move").press("Enter")
    asked = publisher.get_by_role("dialog", name="改时间")
    publisher.fill("#at", "2026-11-25T09:00")
    publisher.locator("#at").press("Enter")
    expect(asked).to_contain_text("批准仍然有效")
    asked.get_by_role("button", name="改到").click()
    expect(told(publisher)).to_contain_text("明天 09:00")


def publish_now(publisher: Page, office: Office) -> None:
    """The button names its account and how many go with it; then seconds are counted, in which
    the platforms hear nothing."""
    errand(publisher, "云岭民政")
    publisher.get_by_role("link", name="立即发布").click()
    for account in ACCOUNTS:
        expect(publisher.locator(".target", has_text=account.name).first).to_be_visible()
    publisher.get_by_role("button", name="发布到 云岭民政 等 3 个账号").click()
    expect(publisher.get_by_role("timer")).to_contain_text("还有")
    office.work()
    assert office.calls() == []


def a_stop_in_between(publisher: Page, reviewer: Page, office: Office) -> None:
    """Somebody else's stop: time goes by and nothing goes out, and the waiting page says so."""
    reviewer.get_by_role("link", name="紧急停发").first.click()
    reviewer.fill("#reason", "标题可能有误")
    reviewer.get_by_role("button", name="立即停发").click()
    expect(told(reviewer)).to_contain_text("已停发")
    office.work(seconds=30)
    expect(publisher.get_by_role("timer")).to_have_text("已停发")


def lift(publisher: Page) -> None:
    """Whoever lifts reads why it was stopped."""
    publisher.goto("/")
    publisher.get_by_role("link", name="解除停发").click()
    expect(publisher.get_by_text("标题可能有误").first).to_be_visible()
    publisher.get_by_role("button", name="解除停发").click()
    expect(told(publisher)).to_contain_text("已解除停发")


def try_again_what_failed(publisher: Page, office: Office) -> None:
    """Cause, next step and what the button does, in words."""
    errand(publisher, "云岭发布微博")
    publisher.goto("/failures")
    failed = publisher.locator(".stuck", has_text="云岭发布微博")
    expect(failed).to_contain_text("微博要求输入验证码")
    expect(failed).to_contain_text("请用该账号登录微博网页完成验证后再试")
    expect(failed).to_contain_text("这篇稿件确定没有发出")
    failed.get_by_role("button", name=re.compile("^重新发布")).click()
    expect(told(publisher)).to_contain_text("已安排重新发布")
    office.work(seconds=30)


def every_row_has_its_link(window: Page) -> None:
    """同步发布 leads to what the public sees."""
    window.goto("/releases")
    window.get_by_role("link", name=POLICY).first.click()
    for account in ACCOUNTS:
        expect(row(window, account.name)).to_contain_text("已发布")
        expect(row(window, account.name).get_by_role("link", name="查看")).to_be_visible()


def link_of(window: Page, account: str) -> str:
    """Where 同步发布 says that the post of this account is."""
    return row(window, account).get_by_role("link", name="查看").get_attribute("href") or ""


def a_follower_reads_it(chromium: Browser, address: str) -> None:
    """Behind the link is the post as it was approved last."""
    with chromium.new_context(locale="zh-CN") as context:
        window = context.new_page()
        window.goto(address)
        expect(window.get_by_role("heading", name="云岭市提高高龄津贴标准")).to_be_visible()
        expect(window.get_by_text(PASSAGE).first).to_be_visible()


def errand(window: Page, what: str | re.Pattern[str]) -> None:
    """Open what waits on 今日, by its account or its title."""
    window.goto("/")
    line = window.locator("li.errand").filter(has=window.get_by_text(what, exact=True))
    line.get_by_role("link").first.click()


def row(window: Page, account: str) -> Locator:
    """The line of one account in 同步发布."""
    name = window.get_by_role("rowheader", name=re.compile(rf"{account}(?!微博)"))
    return window.locator("#posts tbody tr").filter(has=name)


def told(window: Page) -> Locator:
    """What the page says has been done."""
    return window.get_by_role("status").first
