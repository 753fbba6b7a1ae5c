"""accounts.toml, rules.toml and what they become."""

from datetime import time

import pytest

from bot.domain.accounts.account import Mode, QuietHours
from tests.unit.cli.desk import Desk

ACCOUNTS = """
[[accounts]]
name = "云岭发布"
platform = "wechat"
mode = "mass"
kind = "subscription"
app_id = "wx0000000000000001"
app_secret = "env:CITY_SECRET"
token = "inventedtoken"
aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
quiet_hours = "22:00-07:00"
comment_privilege = true

[[accounts]]
name = "云岭微博"
platform = "weibo"
route = "share"
app_key = "1000000001"
app_secret = "invented-secret-2"
access_token = "2.00invented"
uid = 1900000001
safe_domains = ["www.yunling.example", "yunling.example"]
api_base = "http://127.0.0.1:1"
"""

FAULTY = """
[[accounts]]
name = "甲"
platform = "wechat"
mode = "share"
app_id = "wx1"
app_secret = "env:NOT_SET"
shade = "red"

[[accounts]]
platform = "tiktok"
mode = "draft"
verified = "yes"
quiet_hours = "late"
api_base = "ftp://x"

[[other]]
"""

RULE = """
[[rules]]
name = "全部政策"
accounts = ["云岭发布", "云岭微博"]
policy = "all_or_nothing"
approval = "release"
slot = "09:30"
"""


@pytest.fixture
def peopled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with the two accounts."""
    monkeypatch.setenv("CITY_SECRET", "invented-secret-1")
    assert desk.run("account", "add", desk.write("accounts.toml", ACCOUNTS)).status == 0
    return desk


def test_accounts_come_from_a_file(peopled: Desk) -> None:
    """Platform settings become options, secrets are sealed, env: names are looked up."""
    house = peopled.house()
    with house.storage.begin() as uow:
        wechat, weibo = uow.accounts.by_name("云岭发布"), uow.accounts.by_name("云岭微博")
        assert wechat is not None
        assert weibo is not None
        secrets = house.vault.open(uow.accounts.sealed_secrets(wechat.id))

    assert (wechat.mode, wechat.production, wechat.comment_privilege) == (Mode.MASS, True, True)
    assert wechat.quiet_hours == QuietHours(time(22), time(7))
    assert wechat.options["app_id"] == "wx0000000000000001"
    assert secrets["app_secret"] == "invented-secret-1"
    assert (weibo.mode, weibo.production) == (Mode.SHARE, False)
    assert weibo.api_base == {"api": "http://127.0.0.1:1"}
    assert weibo.options["uid"] == "1900000001"
    assert weibo.options["safe_domains"] == "www.yunling.example yunling.example"


def test_a_reset_app_secret_comes_from_the_same_file(
    peopled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is applied again; only what differs is changed and named."""
    monkeypatch.setenv("CITY_SECRET", "invented-secret-2")

    done = peopled.run("account", "change", peopled.write("accounts.toml", ACCOUNTS))

    assert (done.status, done.out.splitlines()) == (
        0,
        ["云岭发布: app_secret", "云岭微博: nothing changed"],
    )


def test_secrets_are_in_no_answer(peopled: Desk) -> None:
    """Lists are read over shoulders."""
    printed = peopled.run("account", "list").out + peopled.run("account", "list", "--json").out

    assert "云岭微博" in printed
    assert "invented" not in printed


def test_every_fault_of_an_account_file_is_named(desk: Desk) -> None:
    """And nothing of the file is added."""
    answer = desk.run("account", "add", desk.write("accounts.toml", FAULTY))

    places = {line.partition(": ")[0] for line in answer.err.splitlines()[1:]}
    assert answer.status == 1
    assert "unknown table other" in answer.err
    assert places == {
        "accounts 甲.shade",
        "accounts 甲.mode",
        "accounts 甲.app_secret",
        "accounts[2].name",
        "accounts[2].platform",
        "accounts[2].verified",
        "accounts[2].quiet_hours",
        "accounts[2].api_base",
    }
    assert desk.run("account", "list", "--json").json == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[[accounts", "accounts.toml", id="not TOML"),
        pytest.param("", "has no [[accounts]]", id="empty"),
        pytest.param("accounts = 3", "write each one as [[accounts]]", id="a number"),
    ],
)
def test_a_file_that_is_no_account_file_is_refused(desk: Desk, text: str, said: str) -> None:
    """In one sentence."""
    answer = desk.run("account", "add", desk.write("accounts.toml", text))

    assert answer.status == 1
    assert said in answer.err


def test_a_persons_word_is_not_taken_from_a_file(desk: Desk) -> None:
    """The way that keeps who said it is named."""
    text = """
[[accounts]]
name = "云岭微博"
platform = "weibo"
route = "share"
app_key = "1000000001"
uid = "1900000001"
options = { collecting_basis = "合同 7 号" }
"""
    answer = desk.run("account", "add", desk.write("accounts.toml", text))

    assert answer.status == 1
    assert "collecting_basis is a person's word: tongbu account collect" in answer.err
    assert desk.run("account", "list", "--json").json == []


def test_accounts_that_are_there_are_not_added_again(peopled: Desk) -> None:
    """All names are looked at before the first is added."""
    answer = peopled.run("account", "add", peopled.home.parent / "accounts.toml")

    assert answer.status == 1
    assert len(answer.err.splitlines()) == 2


def test_rules_come_from_a_file_and_name_accounts(peopled: Desk) -> None:
    """The names become ids; times are Beijing wall clock."""
    added = peopled.run("rule", "add", peopled.write("rules.toml", RULE))

    rule = peopled.run("rule", "list", "--json").json[0]
    assert added.status == 0
    assert (rule["policy"], rule["approval"], rule["slot"]) == (
        "all_or_nothing",
        "release",
        "09:30:00",
    )
    assert len(rule["accounts"]) == 2
    assert "云岭发布" in peopled.run("rule", "list").out


def test_every_fault_of_a_rule_file_is_named(peopled: Desk) -> None:
    """A rule for an account that is not there would publish nothing, silently."""
    text = '[[rules]]\naccounts = ["没有"]\nslot = "noon"\nkind = "poem"\ndelay_seconds = -1\n'

    answer = peopled.run("rule", "add", peopled.write("rules.toml", text))

    assert answer.status == 1
    assert len(answer.err.splitlines()) == 5


def test_checking_an_unreachable_account_says_so(peopled: Desk) -> None:
    """Exit status 1; the sandbox of this account is not running."""
    answer = peopled.run("account", "check", "云岭微博", "--json")

    assert answer.status == 1
    assert not all(finding["ok"] for finding in answer.json["findings"])


def test_callback_keys_are_made_and_shown_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes into the platform's console is printed; a given secret comes by a variable."""
    monkeypatch.setenv("CITY_SECRET", "invented-secret")
    desk.run("account", "add", desk.write("accounts.toml", ACCOUNTS))

    made = desk.run("account", "rotate-key", "云岭发布")
    refused = desk.run("account", "rotate-key", "云岭发布", "--token", "plainlywritten")

    with desk.house().storage.begin() as uow:
        account = uow.accounts.by_name("云岭发布")
        assert account is not None
        secrets = desk.house().vault.open(uow.accounts.sealed_secrets(account.id))
    assert made.status == 0
    assert secrets["aes_key"] in made.out
    assert secrets["token_previous"] == "inventedtoken"
    assert (refused.status, "env:NAME" in refused.err) == (1, True)
