"""Releases from handing in to posts, at the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.ids import ReleaseId
from bot.usecases.posts.plan_release import plan_release
from tests.unit.cli.desk import Desk
from tests.unit.cli.test_accounts import ACCOUNTS, RULE

SAMPLES = Path(__file__).parents[2] / "samples" / "releases"

NOTICE = """---
title: 云岭市人民政府办公室关于优化办事时间的通知
issuing_body: 云岭市人民政府办公室
document_number: 云岭政办发〔2026〕7号
issued_on: 2026-11-20
url: https://www.yunling.example/zhengce/7.html
---

为方便群众办事，现就有关事项通知如下。
"""


@pytest.fixture
def notice(desk: Desk) -> Path:
    """A release file."""
    return desk.write("notice.md", NOTICE)


def test_a_release_file_is_handed_in_once(desk: Desk, notice: Path) -> None:
    """A person at the command line is no approval; the same file again changes nothing."""
    first = desk.run("release", "add", notice, "--json").json[0]
    second = desk.run("release", "add", notice, "--json").json[0]

    assert (first["arrival"], first["release"]["state"]) == ("created", "received")
    assert (second["arrival"], second["release"]["id"]) == ("unchanged", first["release"]["id"])


def test_a_refused_file_does_not_keep_the_others_out(desk: Desk, notice: Path) -> None:
    """Exit status 1, and every fault of the refused one is named."""
    bad = desk.write("bad.json", "{}")

    answer = desk.run("release", "add", bad, notice)

    assert answer.status == 1
    assert "created" in answer.out
    assert all(line.startswith(str(bad)) for line in answer.err.splitlines())


def test_a_path_that_is_not_there_is_refused(desk: Desk) -> None:
    """Before anything is handed in."""
    assert desk.run("release", "add", "/nowhere/at/all.json").status == 1


def test_a_release_is_approved_shown_and_withdrawn(desk: Desk, notice: Path) -> None:
    """Each state is the next one's condition: a second approval is refused."""
    release = desk.run("release", "add", notice, "--json").json[0]["release"]["id"]

    assert desk.run("release", "approve", release, "--note", "签批单 7 号").status == 0
    assert desk.run("release", "approve", release).status == 1
    assert "签批单 7 号" in desk.run("release", "show", release).out
    assert desk.run("release", "withdraw", release, "--reason", "重发").status == 0
    assert desk.run("release", "list", "--json").json[0]["state"] == "withdrawn"


@pytest.fixture
def planned(desk: Desk, notice: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with an approved release whose posts are planned."""
    monkeypatch.setenv("CITY_SECRET", "invented-secret-1")
    desk.run("account", "add", desk.write("accounts.toml", ACCOUNTS))
    desk.run("rule", "add", desk.write("rules.toml", RULE))
    release = desk.run("release", "add", notice, "--json").json[0]["release"]["id"]
    desk.run("release", "approve", release)
    house = desk.house()
    plan_release(ReleaseId(release), house.posts)
    return desk


def test_posts_are_listed_shown_and_previewed(planned: Desk) -> None:
    """A preview is a page and its pictures in a folder."""
    posts = planned.run("post", "list", "--json").json
    wechat = next(post for post in posts if post["platform"] == "wechat")
    out = planned.home.parent / "preview"

    shown = planned.run("post", "show", wechat["id"])
    preview = planned.run("post", "preview", wechat["id"], "--out", out)

    assert {post["account_name"] for post in posts} == {"云岭发布", "云岭微博"}
    assert (shown.status, preview.status) == (0, 0)
    assert "现就有关事项通知如下" in (out / "index.html").read_text(encoding="utf-8")
    assert list((out / "pictures").iterdir())


def test_a_rule_is_changed_and_moved_with_what_waits_told(planned: Desk) -> None:
    """A release that waits for approval is named with the accounts that would differ."""
    planned.run("rule", "add", planned.write("more.toml", RULE.replace("bundle", "policy")))
    first, last = (rule["id"] for rule in planned.run("rule", "list", "--json").json)

    off = planned.run("rule", "change", first, "--off", "--slot", "09:30", "--yes")
    moved = planned.run("rule", "move", last, "--before", first, "--yes")
    wrong = planned.run("rule", "change", first, "--account", "没有这个账号", "--yes")

    assert "0 waiting releases" in off.out
    assert "version 2" in off.out
    rules = planned.run("rule", "list", "--json").json
    assert [rule["id"] for rule in rules] == [last, first]
    assert (rules[1]["enabled"], rules[1]["slot"]) == (False, "09:30:00")
    assert moved.status == 0
    assert (wrong.status, "no account" in wrong.err) == (1, True)


def test_a_rollout_is_moved_as_one(planned: Desk) -> None:
    """After it was told what that means; a time that has passed moves nothing."""
    rollout = planned.run("rollout", "list", "--json").json[0]["id"]

    moved = planned.run("rollout", "move", rollout, "--at", "2099-01-31T09:00", "--yes")
    passed = planned.run("rollout", "move", rollout, "--at", "2020-01-31T09:00", "--yes")

    shown = planned.run("rollout", "show", rollout, "--json").json
    assert moved.out.strip().endswith("posts moved")
    assert passed.status == 1
    assert {post["due_at"] for post in shown["posts"]} == {"2099-01-31T01:00:00+00:00"}


def test_the_rollout_shows_its_posts(planned: Desk) -> None:
    """Both accounts go out together."""
    rollout = planned.run("rollout", "list", "--json").json[0]
    shown = planned.run("rollout", "show", rollout["id"], "--json").json

    assert rollout["policy"] == "all_or_nothing"
    assert len(shown["posts"]) == 2


def test_times_are_beijing_time_unless_they_say_otherwise(planned: Desk) -> None:
    """An operator thinks in the wall clock."""
    post = planned.run("post", "list", "--json").json[0]["id"]
    day = (datetime.now(UTC) + timedelta(days=2)).date()

    plain = planned.run("post", "schedule", post, "--at", f"{day}T09:00")
    due = planned.run("post", "list", "--json").json[0]["due_at"]
    shifted = planned.run("post", "schedule", post, "--at", f"{day}T09:00+00:00")
    later = planned.run("post", "list", "--json").json[0]["due_at"]

    assert (plain.status, shifted.status) == (0, 0)
    assert due == f"{day}T01:00:00+00:00"
    assert later == f"{day}T09:00:00+00:00"
    assert planned.run("post", "schedule", post, "--at", "tomorrow").status == 2


def test_a_post_is_held_resumed_adopted(planned: Desk) -> None:
    """What was published by hand does not go out any more."""
    post = planned.run("post", "list", "--json").json[0]["id"]

    assert planned.run("post", "hold", post, "--reason", "等会议").status == 0
    assert "等会议" in planned.run("post", "show", post).out
    assert planned.run("post", "resume", post).status == 0
    assert planned.run("post", "adopt", post, "https://mp.weixin.qq.com/s/x").status == 0
    assert planned.run("post", "withdraw", post).status == 1


def test_retrying_asks_whether_somebody_looked(planned: Desk) -> None:
    """The one command that could publish twice is not run by a slip."""
    post = planned.run("post", "list", "--json").json[0]["id"]
    planned.run("post", "hold", post)

    refused = planned.run("post", "retry", post, typed="n\n")
    retried = planned.run("post", "retry", post, "--not-public")

    assert (refused.status, retried.status) == (1, 0)


def test_a_check_draws_every_post_and_stores_nothing(bare: Desk) -> None:
    """It needs no database, and leaves none."""
    answer = bare.run("release", "check", SAMPLES / "parking.json", "--offline", "--json")

    report = answer.json[0]
    assert (answer.status, report["ok"]) == (0, True)
    assert len(report["posts"]) == 60
    drawn = {post["template"] for post in report["posts"]}
    assert drawn == {"default", "points", "card", "long", "emergency"}
    assert report["findings"]
    assert not (bare.home / "tongbu.sqlite3").exists()
    assert not (bare.home / "media").exists()


def test_a_check_refuses_what_would_be_refused(bare: Desk) -> None:
    """Exit status 1 with every fault, and the files beside it are checked all the same."""
    bad = bare.write("bad.json", '{"title": "标题"}')

    answer = bare.run("release", "check", bad, SAMPLES / "water.md", "--offline", "--json")

    assert answer.status == 1
    assert [report["ok"] for report in answer.json] == [False, True]
    assert len(answer.json[0]["refusals"]) == 2


def test_a_check_against_own_accounts_uses_their_limits(
    bare: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link to a site that is not registered stops the Weibo post."""
    monkeypatch.setenv("CITY_SECRET", "invented-secret-1")
    accounts = bare.write("accounts.toml", ACCOUNTS)

    answer = bare.run(
        "release", "check", SAMPLES / "water.md", "--offline", "--accounts", accounts, "--json"
    )

    posts = answer.json[0]["posts"]
    assert answer.status == 1
    assert {post["account"] for post in posts} == {"云岭发布", "云岭微博"}
    assert all(post["ok"] == (post["platform"] == "wechat") for post in posts)
