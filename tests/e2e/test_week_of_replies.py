"""A week of replies: the simulated platforms bring what followers say, a desk, two departments
and a supervisor handle it in the browser, and each follower has what they were owed."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.bootstrap import House, build_house
from bot.config import load_settings
from bot.domain.accounts.authorisation import LEGAL_BASIS
from bot.domain.cases.department import Department
from bot.domain.ids import AccountId, DepartmentId, UserId
from bot.domain.people import Role, User
from bot.domain.replies.answer import UNDO_SECONDS
from bot.platforms.registry import build_platforms
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.storage.database import Database
from bot.usecases.questions.answer_members import answer_members
from bot.usecases.questions.propose_groups import propose_groups
from bot.usecases.replies.collect_replies import collect_replies
from bot.usecases.replies.file_replies import file_replies
from bot.usecases.replies.send_answer import send_answer
from bot.web import compose
from tests import factories as make
from tests.integration.publishing.routes import WAYS
from tests.integration.publishing.town import SkippingClock
from tests.serving import served, until
from tests.unit.callbacks.door import APP_ID, KEY, TOKEN

pytestmark = pytest.mark.browser
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PASSWORD = "a long enough phrase"
SECRETS = {"app_secret": "invented-secret-1", "token": TOKEN, "aes_key": KEY}
SHARE = WAYS["weibo share"]
LEAK = "三号楼楼顶漏水，投诉了物业两次都没人来修，电话 13900000001"
AGAIN = "三号楼漏水的事怎么还没人管，都一周了"
SUBSIDY = (
    "请问今年的耕地地力保护补贴什么时候发放到账",
    "今年的耕地地力保护补贴什么时候发放到账啊",
)
RUMOUR = "网传明天全城停水三天，是真的吗"
OPEN_UP = "我想申请公开去年城区停车收费的收支信息"
DEPARTMENTS = {"housing": "住房和城乡建设局", "water": "水务局"}
PEOPLE: dict[str, tuple[str, set[Role]]] = {
    "li": ("", {Role.DESK}),
    "zhang": ("housing", {Role.DEPT_CONTACT}),
    "zhao": ("water", {Role.DEPT_CONTACT}),
    "sun": ("", {Role.SUPERVISOR, Role.REVIEWER}),
}


@dataclass
class Week:
    """The office, both platforms, and one clock for all of them."""

    house: House
    wechat: ControlClient
    weibo: ControlClient
    clock: SkippingClock
    address: str

    def pass_time(self, **time: float) -> None:
        """Everybody's clock; the platforms share one."""
        skipped = timedelta(**time)
        self.clock.skipped += skipped
        self.wechat.shift_clock(skipped.total_seconds())

    def writes(self, follower: int, text: str) -> None:
        """A follower of the WeChat account writes; the platform pushes it."""
        person = {"account": "city", "openid": f"oFollower{follower:019d}"}
        self.wechat.act("follower_writes", text=text, **person)
        until(lambda: text in self.said())

    def mentions(self, text: str) -> None:
        """Somebody names the Weibo account; it is collected."""
        self.weibo.act("mention", account="a1", text=text)
        assert collect_replies(AccountId("acc_2"), self.house.collecting) == 1

    def said(self) -> list[str]:
        with self.house.storage.begin() as uow:
            return [one.text for one in uow.replies.recent(AccountId("acc_1"), limit=50)]

    def works(self) -> None:
        """What workers do: file, group, answer groups, send what is due."""
        file_replies(self.house.storage)
        propose_groups(self.house.grouping)
        answer_members(self.house.cases)
        with self.house.storage.begin() as uow:
            due = uow.answers.take_due(limit=50, ring_again_seconds=0)
            uow.commit()
        for _, answer in due:
            send_answer(answer, self.house.correspondence)

    def told(self, follower: int) -> list[str]:
        """What the follower reads of us in WeChat, pushed answers apart."""
        followers = self.wechat.state()["accounts"]["city"]["followers"]
        lines = followers[f"oFollower{follower:019d}"]["conversation"]
        return [str(line["content"]) for line in lines if line["via"] == "custom"]


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Iterator[Week]:
    """Monday, nine in Beijing."""
    monkeypatch.setenv("TONGBU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TONGBU_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TONGBU_REDIS_URL", f"unix://{tmp_path}/no.sock")
    monkeypatch.setenv("TONGBU_SECRET_KEY", "k" * 32)
    monkeypatch.setenv("TONGBU_PUBLIC_URL", "http://127.0.0.1:8000")
    clock = SkippingClock(MONDAY - datetime.now(UTC))
    house = on_clock(build_house(load_settings()), clock, sqlite_url)
    with ExitStack() as stack:
        address = stack.enter_context(served(compose(house)))
        city = {"name": "city", "app_id": APP_ID} | SECRETS
        city["callback_url"] = f"{address}/callbacks/wechat/acc_1"
        scenario = parse_scenario({"wechat": {"accounts": [city]}} | SHARE.scenario(1))
        sandbox = stack.enter_context(running_sandbox(scenario))
        made = Week(house, sandbox.wechat, sandbox.weibo, clock, address)
        made.wechat.shift_clock(clock.skipped.total_seconds())
        furnish(made)
        until(lambda: httpx.get(f"{address}/callbacks/wechat/acc_1").status_code != 404)
        yield made
    house.close()


def on_clock(house: House, clock: SkippingClock, url: str) -> House:
    """The same house, living by another clock."""

    def database() -> Database:
        return Database(url, audit_key=b"audit key", vault=house.vault, clock=clock)

    storage = database()
    platforms = build_platforms(
        tokens=storage.tokens(),
        budgets=storage.budgets(),
        uploads=storage.uploads(),
        media=house.media,
        clock=clock,
        cover_url=lambda sha256: sha256,
    )
    lines: dict[str, Any] = {"storage": storage, "callback_storage": database(), "clock": clock}
    return replace(house, platforms=platforms, **lines)


def furnish(week: Week) -> None:
    """Two accounts, two departments, four people."""
    house = week.house
    wechat = make.account(options={"app_id": APP_ID}, api_base={"api": week.wechat.url})
    share, secrets = SHARE.account(1, week.weibo.url)
    options = {**share.options, "collect_seconds": "1", LEGAL_BASIS: "本单位职责"}
    weibo = replace(share, id=AccountId("acc_2"), name="云岭发布微博", options=options)
    with house.storage.begin() as uow:
        uow.accounts.add(wechat, house.vault.seal(SECRETS))
        uow.accounts.add(weibo, house.vault.seal(secrets))
        for id_, name in DEPARTMENTS.items():
            uow.departments.add(Department(DepartmentId(id_), name, date(2020, 1, 1)))
        known = house.passwords.hash(PASSWORD)
        for login, (place, roles) in PEOPLE.items():
            own = DepartmentId(place) if place else None
            id_, name = UserId(f"usr_{login}"), f"{login}同志"
            uow.people.add_user(User(id_, login, name, frozenset(roles), known, department=own))
        uow.commit()


def sign_in(browser: Browser, week: Week, login: str) -> Page:
    """A window of one of the four."""
    context = browser.new_context(base_url=week.address, locale="zh-CN")
    window = context.new_page()
    window.goto("/login")
    window.fill("#login", login)
    window.fill("#password", PASSWORD)
    window.get_by_role("button", name="登录").click()
    window.wait_for_url("**/")
    return window


def opens(window: Page, words: str, case_class: str, department: str = "") -> None:
    """The desk takes up a letter of the inbox."""
    window.goto(f"/replies?q={words[:12]}")
    window.locator(".row-title").first.click()
    window.locator("#case_class").select_option(label=case_class)
    if department:
        window.locator("#department").select_option(label=department)
    window.get_by_role("button", name="开立办理件").click()
    expect(window.get_by_role("status").first).to_contain_text("已开立办理件")


def due(window: Page) -> str:
    """The deadline as the page of the case has it."""
    return window.locator("dt:has-text('期限') + dd").first.inner_text().split("（暂")[0]


def does(window: Page, button: str, says: str, **fields: str) -> None:
    """Unfold, fill in, press; what the page says then."""
    press = window.locator(f'button:text-is("{button}")')
    place = window.locator("#deeds .deed", has=press)
    if not place.locator(press).is_visible():
        place.locator("summary").click()
    for field, value in fields.items():
        control = place.locator(f"[name={field}]")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    place.locator(press).click()
    if says:
        expect(window.get_by_role("status").first).to_contain_text(says)


def test_a_week_of_replies(week: Week, chromium: Browser) -> None:
    """Sorted, given, returned, reminded, supervised, answered, grouped, merged, published, rated;
    every deadline is the one that was counted by hand from the State Council's calendar."""
    for follower, words in enumerate((LEAK, *SUBSIDY, OPEN_UP, "谢谢"), 1):
        week.writes(follower, words)
    week.mentions(f"@示例市发布1 {RUMOUR}")
    week.works()
    li, sun, zhao, zhang = (
        sign_in(chromium, week, login) for login in ("li", "sun", "zhao", "zhang")
    )

    # Monday: the desk sorts. 11-23 does not count; 12-14 is the fifteenth working day.
    opens(li, LEAK, "投诉", "水务局")
    leak = li.url.partition("?")[0]
    number = li.locator(".number", has_text="受理编号").inner_text().split()[-1]
    code = li.locator("dt:has-text('校验码') + dd").inner_text().split()[0]
    assert due(li).startswith("12月14日")
    opens(li, OPEN_UP, "依申请公开")
    guidance = li.url.partition("?")[0]
    assert due(li).startswith("11月26日")
    opens(li, RUMOUR, "舆情", "水务局")
    rumour = li.url.partition("?")[0]
    assert due(li).startswith("11月25日")
    assert "09:0" in due(li)

    # What says nothing is set aside; nothing is left that nobody has looked at.
    li.goto("/replies?handling=waiting&q=谢谢")
    li.locator(".row-title").first.click()
    li.get_by_role("button", name="这条无需答复").click()
    expect(li.get_by_role("status").first).to_contain_text("无需答复")

    # The wrong department gives it back; the right one signs.
    zhao.goto(leak)
    does(zhao, "退回转办", "已退回", reason="房屋漏水由住建部门负责")
    li.goto(leak)
    does(li, "交办", "已交办", department="住房和城乡建设局")
    zhang.goto(leak)
    does(zhang, "签收", "已签收")
    sun.goto(rumour)
    does(sun, "督办", "已列为督办", note="请当天核实")
    zhao.goto(rumour)
    does(zhao, "起草答复", "")
    does(zhao, "提交审核", "已提交审核", text="经核实，明天没有停水计划，请勿轻信。")
    sun.goto(rumour)
    does(sun, "通过并答复", "审核通过")

    # Two who ask the same are answered at once; guidance is sent, taken back, and sent again.
    li.goto("/questions")
    li.locator(".row-title").first.click()
    li.get_by_role("button", name="确认本页全部 2 条").click()
    does(li, "全部答复（2 条）", "", text="您好，补贴将于 12 月 10 日前发放到账。")
    expect(li.get_by_role("alert")).to_contain_text("12月10日")
    does(li, "全部答复（2 条）", "之前可以撤销", figures_reason="农业农村局当天确认")
    li.goto(guidance)
    does(li, "起草答复", "")
    does(li, "答复", "之前可以撤销", text="您好，申请方式见 http://xx")
    does(li, "撤销答复", "已撤销")
    does(li, "起草答复", "")
    does(li, "答复", "之前可以撤销", text="您好，依申请公开请到 /liuyan/shenqing 下载申请表。")
    week.works()
    week.pass_time(seconds=UNDO_SECONDS + 1)
    week.works()
    for follower in (2, 3):
        assert week.told(follower) == ["{'content': '您好，补贴将于 12 月 10 日前发放到账。'}"]
    (guided,) = week.told(4)
    assert "/liuyan/shenqing" in guided
    assert week.told(5) == []

    # Tuesday: the follower asks again, which is merged; the desk reminds, the department answers.
    week.pass_time(days=1)
    li, sun, zhang = (sign_in(chromium, week, login) for login in ("li", "sun", "zhang"))
    week.writes(1, AGAIN)
    opens(li, AGAIN, "投诉")
    does(li, "合并", "已并入另一件", into=number)
    li.goto(leak)
    does(li, "催办", "已催办", note="来信人又来催")
    zhang.goto(leak)
    does(zhang, "起草答复", "")
    does(zhang, "提交审核", "已提交审核", text="您好，楼顶防水已于今天修好。")
    sun.goto(leak)
    assert "按时" not in sun.locator(".page-head").inner_text()
    does(sun, "通过并答复", "审核通过")
    week.pass_time(seconds=UNDO_SECONDS + 1)
    week.works()
    assert week.told(1) == ["{'content': '您好，楼顶防水已于今天修好。'}"]

    # Wednesday: it is published; the follower looks it up and rates it; the desk closes it.
    week.pass_time(days=1)
    li, sun = (sign_in(chromium, week, login) for login in ("li", "sun"))
    sun.goto(leak)
    does(sun, "公开问答", "已公开", question=LEAK)
    sun.goto("/wenda")
    expect(sun.locator("main")).to_contain_text("三号楼楼顶漏水")
    expect(sun.locator("main")).not_to_contain_text("13900000001")
    public = chromium.new_context(base_url=week.address, locale="zh-CN").new_page()
    public.goto("/chaxun")
    public.fill("#number", number)
    public.fill("#code", code)
    public.get_by_role("button", name="查询").click()
    expect(public.locator("main")).to_contain_text("楼顶防水已于今天修好")
    public.get_by_role("link", name="评价").first.click()
    public.get_by_text("5 分").click()
    public.get_by_role("button", name="提交评价").click()
    li.goto(leak)
    expect(li.locator(".page-head")).to_contain_text("按时答复")
    does(li, "办结", "已办结")
    steps = " ".join(li.locator(".story li").all_inner_texts())
    for step in ("交办", "退回", "签收", "催办", "提交审核", "答复", "公开答复", "评价", "办结"):
        assert step in steps
