"""A follower's afternoon: the whole web application between the simulated WeChat and a database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.bootstrap import House, build_house
from bot.config import load_settings
from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.ids import AccountId, ReleaseId, ReplyId
from bot.domain.permissions import SYSTEM
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.answer import AnswerContent
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.reply import LinkCard
from bot.domain.replies.unsourced import Unsourced
from bot.platforms.transport import open_client
from bot.platforms.wechat.menus import WechatMenus
from bot.ports.overview import ReplyFilter
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.usecases.accounts.menus import MenuTools
from bot.usecases.accounts.push_menu import push_menu
from bot.usecases.replies.answer_reply import answer_reply
from bot.usecases.replies.send_answer import send_answer
from bot.usecases.replies.show_window import show_window
from bot.web import compose
from tests import factories as make
from tests.serving import served, until
from tests.unit.callbacks.door import APP_ID, KEY, TOKEN

PUBLIC = "https://open.yunling.example"
FAN = "oFollower00000000000000000001"
CITY = AccountId("acc_1")
SECRETS = {"app_secret": "invented-secret-1", "token": TOKEN, "aes_key": KEY}
TITLES = ("城区停车泊位管理办法", "停车收费公示通知", "居家养老服务补贴办法")
WINDOWS = Button("窗口地址", ButtonKind.CLICK, {"key": "WINDOWS"})
GUIDE = LinkCard("办事指南", "在线办理和窗口", "https://www.yunling.example/guide")
RULES = (
    AnswerRule("大厅", Match.SCENE, ("hall",), "取号机在大厅左侧。"),
    AnswerRule("欢迎", Match.EVENT, ("subscribe",), GUIDE.words, card=GUIDE),
    AnswerRule("窗口", Match.MENU, ("WINDOWS",), "市民中心一楼。"),
)


@dataclass
class Town:
    """The office's application, the platform, and one follower's conversation with it."""

    wechat: ControlClient
    address: str
    house: House
    heard: int = field(default=0)

    def act(self, name: str, **arguments: Any) -> dict[str, Any]:
        """Let the follower do something; returns the next line that the account answers."""
        self.wechat.act(name, account="city", openid=arguments.pop("openid", FAN), **arguments)
        self.heard += 1
        until(lambda: len(self.answers()) >= self.heard)
        return self.answers()[-1]

    def says(self, text: str) -> dict[str, Any]:
        """The follower writes."""
        return self.act("follower_writes", text=text)

    def answers(self) -> list[dict[str, Any]]:
        """What the account answered, in order."""
        follower = self.wechat.state()["accounts"]["city"]["followers"].get(FAN)
        lines = follower["conversation"] if follower else []
        return [line for line in lines if line["via"] == "passive"]

    def texts(self) -> list[str]:
        """What is stored of the follower."""
        with self.house.storage.begin() as uow:
            return [one.text for one in uow.replies.recent(CITY, limit=50)]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def town(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    """Three released documents, answer rules, and a menu that was pushed."""
    monkeypatch.setenv("TONGBU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TONGBU_DATABASE_URL", request.getfixturevalue(f"{request.param}_url"))
    monkeypatch.setenv("TONGBU_REDIS_URL", f"unix://{tmp_path}/no.sock")
    monkeypatch.setenv("TONGBU_SECRET_KEY", "k" * 32)
    monkeypatch.setenv("TONGBU_PUBLIC_URL", PUBLIC)
    house = build_house(load_settings())
    with served(compose(house)) as address:
        city = {
            "name": "city",
            "app_id": APP_ID,
            "callback_url": f"{address}/callbacks/wechat/acc_1",
        }
        scenario = parse_scenario({"wechat": {"accounts": [city | SECRETS]}})
        with running_sandbox(scenario, platforms=["wechat"]) as sandbox:
            _furnish(house, sandbox.wechat.url)
            _wait_until_known(address)
            yield Town(sandbox.wechat, address, house)


def _furnish(house: House, api: str) -> None:
    account = make.account(id=CITY, options={"app_id": APP_ID}, api_base={"api": api})
    with house.storage.begin() as uow:
        uow.accounts.add(account, house.vault.seal(SECRETS))
        uow.rules.replace_answer_rules(RULES)
        uow.sources.add(make.source())
        for number, title in enumerate(TITLES):
            content = make.content(title=title, document_number=f"云岭政办发〔2026〕{number}号")
            uow.releases.add(
                make.release(
                    id=ReleaseId(f"rel_{number}"),
                    source_key=str(number),
                    content=content,
                    state=ReleaseState.RELEASED,
                )
            )
        uow.commit()
    with open_client() as http:
        wechat = WechatMenus(http, house.storage.tokens(), house.storage.budgets(), house.clock)
        tools = MenuTools(house.publishing, {PlatformName.WECHAT: wechat})
        assert push_menu(account.name, Menu((WINDOWS,)), actor=SYSTEM, tools=tools) == ()


def _wait_until_known(address: str) -> None:
    """The callbacks read accounts and rules again every two seconds."""
    until(lambda: httpx.get(f"{address}/callbacks/wechat/acc_1").status_code != 404)


def test_follow_tap_scan_and_ask(town: Town) -> None:
    """Every answer comes at the first try, and everything the follower did is stored."""
    welcome = town.act("follower_subscribes")
    tapped = town.act("follower_taps", button="窗口地址")
    scanned = town.act("follower_scans", scene="hall")
    one = town.says("查 养老")
    several = town.says("查 停车")
    none = town.says("查 计划停水")
    receipt = town.says("查 YL20261123 7K3F")

    assert welcome["type"] == "news"
    assert GUIDE.url in str(welcome["content"])
    assert "市民中心一楼。" in str(tapped["content"])
    assert "取号机在大厅左侧。" in str(scanned["content"])
    assert one["type"] == "news"
    assert TITLES[2] in str(one["content"])
    assert several["type"] == "text"
    assert all(title in str(several["content"]) for title in TITLES[:2])
    assert "没有找到与“计划停水”有关的已发布政策" in str(none["content"])
    assert "没有查到受理编号 YL20261123" in str(receipt["content"])
    assert len(town.texts()) == 7
    assert {push["outcome"] for push in town.wechat.callbacks()} == {"accepted"}


def test_who_follows_by_a_code_hears_of_the_code(town: Town) -> None:
    """Its rule stands before the welcome."""
    assert "取号机在大厅左侧。" in str(town.act("follower_scans", scene="hall")["content"])
    assert GUIDE.url in str(town.act("follower_subscribes")["content"])


def test_the_link_to_the_rest_shows_what_the_answer_found(town: Town) -> None:
    """The same words on the public page, from the same index."""
    (link,) = re.findall(rf"{PUBLIC}(/gongkai\?[\w=%&+-]+)", str(town.says("查 停车")["content"]))

    page = httpx.get(town.address + link).text

    assert all(title in page for title in TITLES[:2])
    assert TITLES[2] not in page


def test_a_search_pushed_three_times_is_one_row_and_one_answer(town: Town) -> None:
    """The platform pushes again when it thinks it was not heard."""
    answer = town.act("follower_writes", text="查 养老", deliveries=3)

    until(lambda: len(town.wechat.callbacks(name="message:text")) == 3)
    assert TITLES[2] in str(answer["content"])
    assert town.texts() == ["查 养老"]
    assert len(town.answers()) == 1


def test_a_follower_is_answered_by_the_desk(town: Town) -> None:
    """The message that came by push opens the window; the answer reaches the follower once."""
    town.act("follower_subscribes")
    town.wechat.act("follower_writes", account="city", openid=FAN, text="老人证在哪里办")
    until(lambda: "老人证在哪里办" in town.texts())
    (row,) = town.house.storage.overview().replies(ReplyFilter(search="老人证"), limit=5)
    tools = town.house.correspondence
    before = show_window(ReplyId(row.id), actor=SYSTEM, tools=tools)

    words = AnswerContent("市民中心二楼 12 号窗口。")
    unsourced = Unsourced(("12号",), "窗口号以大厅指示牌为准")
    answer = answer_reply(ReplyId(row.id), words, actor=SYSTEM, tools=tools, unsourced=unsourced)
    send_answer(answer.id, tools)
    send_answer(answer.id, tools)

    after = show_window(ReplyId(row.id), actor=SYSTEM, tools=tools)
    lines = town.wechat.state()["accounts"]["city"]["followers"][FAN]["conversation"]
    told = [line["content"] for line in lines if line["via"] == "custom"]
    assert told == [{"content": "市民中心二楼 12 号窗口。"}]
    assert before.window.left - after.window.left == 1
