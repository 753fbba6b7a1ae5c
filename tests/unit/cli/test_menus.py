"""menus.toml, and `tongbu menu` on the simulated WeChat."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from tests.unit.cli.desk import Answer, Desk

MENU = """
[[menus]]
accounts = ["云岭发布"]

[[menus.buttons]]
name = "窗口地址"
type = "click"
key = "WINDOWS"

[[menus.buttons]]
name = "办事"

[[menus.buttons.buttons]]
name = "办事指南"
type = "view"
url = "https://www.yunling.example/guide"
"""

ANSWERS = """
[[answers]]
name = "窗口地址"
match = "menu"
words = ["WINDOWS"]
answer = "市民中心一楼。"
"""


@pytest.fixture
def wechat(desk: Desk) -> Iterator[ControlClient]:
    """The simulated WeChat, and an account of it at the desk."""
    secrets = {"app_id": "wx0000000000000007", "app_secret": "invented-secret-7"}
    table = {"wechat": {"accounts": [{"name": "city", **secrets}]}}
    with running_sandbox(parse_scenario(table), platforms=["wechat"]) as sandbox:
        lines = [f'{name} = "{value}"' for name, value in secrets.items()]
        account = '[[accounts]]\nname = "云岭发布"\nplatform = "wechat"\nmode = "publish"\n'
        address = f'api_base = "{sandbox.wechat.url}"\n'
        file = desk.write("accounts.toml", account + address + "\n".join(lines))
        assert desk.run("account", "add", file).status == 0
        yield sandbox.wechat


def _in_a_process(*arguments: object) -> Answer:
    """A command as an operator runs it: its connections to the platform end with the process."""
    command = [sys.executable, "-m", "bot.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


def test_a_menu_is_pushed_shown_and_taken_away(desk: Desk, wechat: ControlClient) -> None:
    """That phones take up to a day is said each time; an answered key needs no warning."""
    desk.run("rule", "answers", desk.write("answers.toml", ANSWERS))

    pushed = _in_a_process("menu", "push", desk.write("menus.toml", MENU))
    shown = _in_a_process("menu", "show", "云岭发布")
    there = wechat.state()["accounts"]["city"]["menu"]
    deleted = _in_a_process("menu", "delete", "云岭发布")

    assert (pushed.status, pushed.err) == (0, "")
    assert "up to a day" in pushed.out
    assert there["button"][0]["key"] == "WINDOWS"
    assert "key=WINDOWS" in shown.out
    assert "2.1 办事指南" in shown.out
    assert "up to a day" in deleted.out
    assert wechat.state()["accounts"]["city"]["menu"] is None


def test_a_check_warns_and_sends_nothing(desk: Desk, wechat: ControlClient) -> None:
    """A key without an answer is no fault: the menu may come before the rule."""
    checked = desk.run("menu", "check", desk.write("menus.toml", MENU))

    assert checked.status == 0
    assert "WINDOWS" in checked.err
    assert wechat.calls("*menu*") == []


@pytest.mark.usefixtures("wechat")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('accounts = ["云岭发布"]', ""), "accounts"),
        (("云岭发布", "没有的账号"), "没有的账号"),
        (('type = "click"', 'type = "tap"'), "'tap'"),
        (('key = "WINDOWS"', 'colour = "red"'), "colour"),
        (('key = "WINDOWS"', ""), "1 窗口地址: 类型 click 需要 key"),
        (("窗口地址", "窗口地址一览"), "18 字节"),
        (("[[menus.buttons.buttons]]", "[menus.buttons.buttons]"), "buttons"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(
    desk: Desk, change: tuple[str, str], words: str
) -> None:
    """By the shape of the file, and by the limits of the platform."""
    file = desk.write("menus.toml", MENU.replace(*change))

    for command in ("check", "push"):
        refused = desk.run("menu", command, file)
        assert refused.status == 1
        assert words in refused.err


@pytest.mark.usefixtures("wechat")
def test_an_account_has_one_menu(desk: Desk) -> None:
    """Two in one file contradict each other."""
    refused = desk.run("menu", "check", desk.write("menus.toml", MENU + MENU))

    assert refused.status == 1
    assert "云岭发布 has a menu already" in refused.err
