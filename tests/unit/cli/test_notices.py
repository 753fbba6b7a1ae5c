"""Channels of notices, as an operator keeps them."""

import pytest

from tests.integration.notices.receiver import robots
from tests.unit.cli.desk import Desk

FILE = """
[[channel]]
name = "值班群"
kind = "dingtalk"
url = "{url}"
secret = "env:ROBOT_SECRET"
roles = ["editor", "account_admin"]
kinds = ["reply.due"]
people = ["zhao"]

[[channel]]
name = "邮件"
kind = "email"
host = "mail.example.org"
sender = "notice@example.org"
to = ["a@example.org"]
roles = ["account_admin"]
"""


def test_channels_of_a_file_are_added_and_tried(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Listed without their secrets; a trial arrives signed."""
    monkeypatch.setenv("ROBOT_SECRET", "SEC-invented")
    with robots() as heard:
        file = desk.write(
            "channels.toml", FILE.format(url=f"{heard.url}/robot/send?access_token=x")
        )

        added = desk.run("notice", "add", file)
        tried = desk.run("notice", "test", "值班群")

    listed = desk.run("notice", "list", "--json")
    assert added.status == tried.status == 0, tried.err
    assert "通知已接通" in heard.texts("dingtalk")[0]
    assert [channel["name"] for channel in listed.json] == ["值班群", "邮件"]
    assert "SEC-invented" not in listed.out
    assert "access_token" not in listed.out


def test_a_trial_that_does_not_arrive_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit status 1 and the cause, without the address."""
    monkeypatch.setenv("ROBOT_SECRET", "SEC-wrong")
    with robots() as heard:
        url = f"{heard.url}/robot/send?access_token=hidden"
        desk.run("notice", "add", desk.write("channels.toml", FILE.format(url=url)))

        answer = desk.run("notice", "test", "值班群")

    assert answer.status == 1
    assert "310000" in answer.err
    assert "hidden" not in answer.err


def test_a_channel_is_switched_off_and_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps its settings."""
    monkeypatch.setenv("ROBOT_SECRET", "s")
    desk.run("notice", "add", desk.write("channels.toml", FILE.format(url="https://a.example/")))

    desk.run("notice", "disable", "邮件")
    off = desk.run("notice", "list", "--json").json
    desk.run("notice", "enable", "邮件")

    assert [channel["enabled"] for channel in off] == [True, False]
    assert all(channel["enabled"] for channel in desk.run("notice", "list", "--json").json)
    assert desk.run("notice", "log").status == 0
    assert desk.run("notice", "disable", "没有").status == 1


def test_every_fault_of_a_file_is_named(desk: Desk) -> None:
    """Nothing is added of a file with a fault."""
    file = desk.write(
        "channels.toml",
        '[[channel]]\nname = "a"\nkind = "wecom"\nurl = "http://a.example"\nroles = ["boss"]\n'
        '[[channel]]\nname = "b"\nkind = "email"\nport = "x"\nsecurity = "ssl"\ntyop = 1\n',
    )

    answer = desk.run("notice", "add", file)

    assert answer.status == 1
    for fault in ("must begin with https", "'boss'", "b.host: missing", "b.port", "b.security"):
        assert fault in answer.err
    assert "b.tyop: unknown" in answer.err
    assert desk.run("notice", "list", "--json").json == []
