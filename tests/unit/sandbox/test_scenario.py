"""A scenario is checked when it is read, and says where it is wrong."""

import json
from pathlib import Path

import pytest

import bot.sandbox
from bot.sandbox.faults import FaultKind
from bot.sandbox.scenario import Scenario, load_scenario, parse_scenario
from bot.sandbox.server import create_wechat_app, create_weibo_app
from bot.sandbox.tables import ScenarioError

ACCOUNT = {"name": "city", "app_id": "wx1", "app_secret": "s"}

TOML = """
[wechat]
quota_profile = "load"

[wechat.switches]
title_limit = 64

[[wechat.accounts]]
name = "city"
app_id = "wx1"
app_secret = "s"

[[faults]]
platform = "wechat"
path = "/cgi-bin/freepublish/submit"
kind = "timeout_after"

[[acts]]
platform = "wechat"
act = "follower_writes"
at_seconds = 2
arguments = { account = "city", openid = "o1", text = "你好" }
"""


def test_a_toml_file_becomes_a_scenario(tmp_path):
    """Accounts, switches, faults and acts are read, whole numbers taken as seconds."""
    path = tmp_path / "one.toml"
    path.write_text(TOML, encoding="utf-8")

    scenario = load_scenario(path)

    assert scenario.wechat.accounts[0]["name"] == "city"
    assert scenario.faults_of("wechat")[0].kind is FaultKind.TIMEOUT_AFTER
    assert scenario.faults_of("weibo") == ()
    assert scenario.acts_of("wechat")[0].at_seconds == 2.0
    assert create_wechat_app(scenario).state.platform.world.switches.title_limit == 64


def test_a_json_file_does_as_well(tmp_path):
    """The suffix decides the format."""
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"wechat": {"accounts": [ACCOUNT]}}), encoding="utf-8")

    assert load_scenario(path).wechat.accounts == (ACCOUNT,)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        pytest.param({"wechta": {}}, "scenario: unknown key 'wechta'", id="unknown part"),
        pytest.param(
            {"faults": [{"kind": "boom"}]}, "scenario.faults[0].kind: 'boom' is not", id="kind"
        ),
        pytest.param({"faults": [{}]}, "scenario.faults[0]: key 'kind' is missing", id="no kind"),
        pytest.param(
            {"faults": [{"kind": "slow", "nth": 0}]}, "nth starts at 1", id="call number 0"
        ),
        pytest.param(
            {"acts": [{"platform": "qq", "act": "x"}]}, "'qq' is not one of", id="platform"
        ),
        pytest.param(
            {"wechat": {"push_attempts": "3"}}, "push_attempts: expected int, got str", id="type"
        ),
        pytest.param({"wechat": []}, "scenario.wechat: expected a table", id="list"),
    ],
)
def test_a_scenario_that_is_wrong_names_the_place(table, words):
    """The first fault is named with its path."""
    with pytest.raises(ScenarioError) as error:
        parse_scenario(table)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("wechat", "words"),
    [
        pytest.param(
            {"accounts": [{**ACCOUNT, "kind": "x"}]}, "wechat.accounts[0].kind", id="kind"
        ),
        pytest.param({"accounts": [{"name": "a"}]}, "key 'app_id' is missing", id="no app_id"),
        pytest.param({"accounts": [ACCOUNT, ACCOUNT]}, "is there twice", id="twice"),
        pytest.param(
            {"accounts": [{**ACCOUNT, "callback_url": "http://a.test", "aes_key": "short"}]},
            "43 characters",
            id="short key",
        ),
        pytest.param({"quota_profile": "big"}, "wechat.quota_profile: 'big'", id="profile"),
        pytest.param({"switches": {"title_lmit": 1}}, "unknown key 'title_lmit'", id="switch"),
    ],
)
def test_an_account_or_switch_that_is_wrong_stops_the_start(wechat, words):
    """A platform reads its own part when its server is made."""
    with pytest.raises(ScenarioError) as error:
        create_wechat_app(parse_scenario({"wechat": wechat}))
    assert words in str(error.value)


@pytest.mark.parametrize("name", ["missing.toml", "broken.toml", "broken.json", "list.json"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    """The error begins with the file."""
    (tmp_path / "broken.toml").write_text("= 1", encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")

    with pytest.raises(ScenarioError) as error:
        load_scenario(tmp_path / name)
    assert str(error.value).startswith(str(tmp_path / name))


def test_an_empty_scenario_is_one_too():
    """Nothing is required: a sandbox without accounts starts."""
    assert parse_scenario({}) == Scenario()


def test_the_example_scenario_starts_both_platforms():
    """The file people copy from is understood by the simulated WeChat and Weibo."""
    path = Path(bot.sandbox.__file__).parent / "scenarios" / "example.toml"

    scenario = load_scenario(path)

    assert "wechat-city" in create_wechat_app(scenario).state.platform.world.accounts
    assert create_weibo_app(scenario).state.platform is not None
