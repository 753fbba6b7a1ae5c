"""值守: doubts decided side by side, silences, outages, the fast lane, stops with their reasons."""

import re

import pytest

from bot.domain.ids import PostId
from bot.domain.people import Role
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.ports.newsstand import ShownPost
from bot.ports.platform import LookResult
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.duty_town import TITLE, WARNING, on_duty

OURS = "https://public.example/s/ours"


@pytest.fixture
def duty(busy: Desk) -> Desk:
    """With everything that duty meets."""
    on_duty(busy.storage)
    busy.newsstand.shown = [
        ShownPost(TITLE, OURS, make.after(-500), {"platform_post_id": "77", "urls": OURS})
    ]
    return busy


def seen(browser: Browser) -> str:
    """The token of the forms on the doubt's page."""
    found = re.search(r'name="seen" value="(\d+)"', browser.get("/doubts/pst_9").text)
    assert found
    return found.group(1)


def state(desk: Desk, post: str = "pst_9") -> DeliveryState:
    with desk.storage.begin() as uow:
        return uow.deliveries.of_post(PostId(post))[-1].state


def test_the_overview_tells_what_is_open(duty: Desk) -> None:
    """One line each, and where to act."""
    text = duty.signed_in("wang", *Role).get("/duty").text

    for words in ("1 篇待核实", "静默中", "全国哀悼日", "2 次待查看", "1 件在办", "没有停发"):
        assert words in text


def test_a_doubt_is_shown_side_by_side(duty: Desk) -> None:
    """What we tried, and after a look what the platform shows; a look changes nothing."""
    browser = duty.signed_in("wang", *Role)
    listed = browser.get("/doubts").text
    before = browser.get("/doubts/pst_9").text

    looked = send(browser, "/doubts/pst_9/look")
    after = browser.get("/doubts/pst_9").text

    assert TITLE in listed
    assert "还没有从这里查看过" in before
    assert "发送时连接中断" in before
    assert looked.status_code == 303
    assert f'href="{OURS}"' in after
    assert 'name="shown"' in after
    assert duty.wechat.count("accept") == 0
    assert state(duty) is DeliveryState.HELD


def test_this_is_it_closes_the_delivery(duty: Desk) -> None:
    """A second click, with the page's old token, changes nothing."""
    browser = duty.signed_in("wang", *Role)
    send(browser, "/doubts/pst_9/look")
    fields = {"shown": OURS, "reason": "后台看到了", "seen": seen(browser)}

    first = send(browser, "/doubts/pst_9/found", **fields)
    second = send(browser, "/doubts/pst_9/found", **fields)

    assert first.headers["location"] == "/doubts?done=found"
    assert second.status_code == 409
    assert state(duty) is DeliveryState.DELIVERED
    with duty.storage.begin() as uow:
        actions = [r.action for r in uow.audit.records()]
    assert actions.count("delivery.adopted") == 1


def test_it_is_not_out_sends_it_again(duty: Desk) -> None:
    """With a reason; found by the search or not, the person decides."""
    duty.wechat.script("look:accept", LookResult(Outcome.ABSENT))
    browser = duty.signed_in("wang", *Role)
    send(browser, "/doubts/pst_9/look")

    without = send(browser, "/doubts/pst_9/retry", seen=seen(browser), reason="")
    done = send(browser, "/doubts/pst_9/retry", seen=seen(browser), reason="后台没有")

    assert without.status_code == 422
    assert "请写明依据" in without.text
    assert done.status_code == 303
    assert state(duty) is DeliveryState.WAITING


def test_a_late_one_needs_the_box(duty: Desk) -> None:
    """Written on the page before, with what was written kept."""
    duty.clock.pass_seconds(7200)
    browser = duty.signed_in("wang", *Role)
    page = browser.get("/doubts/pst_9").text
    refused = send(browser, "/doubts/pst_9/retry", seen=seen(browser), reason="后台没有")
    done = send(browser, "/doubts/pst_9/retry", seen=seen(browser), reason="没有", late="1")

    assert 'name="late"' in page
    assert refused.status_code == 422
    assert ">后台没有</textarea>" in refused.text
    assert done.status_code == 303


def test_published_by_hand_is_registered_with_its_address(duty: Desk) -> None:
    """Nothing goes out."""
    browser = duty.signed_in("wang", *Role)

    wrong = send(browser, "/doubts/pst_9/adopt", seen=seen(browser), reason="手动", url="文章")
    done = send(browser, "/doubts/pst_9/adopt", seen=seen(browser), reason="手动", url=OURS)

    assert wrong.status_code == 422
    assert done.status_code == 303
    assert state(duty) is DeliveryState.DELIVERED


def test_who_may_not_decide_sees_no_form(duty: Desk) -> None:
    """And a form of their own making is refused."""
    browser = duty.signed_in("li", Role.WRITER)

    page = browser.get("/doubts/pst_9").text
    forced = send(browser, "/doubts/pst_9/retry", seen="4", reason="没有")

    assert "/doubts/pst_9/retry" not in page
    assert forced.status_code == 403


def test_a_post_in_doubt_leads_to_the_desk(duty: Desk) -> None:
    """From its own page; one that is refused for good does not."""
    browser = duty.signed_in("wang", *Role)

    assert "/doubts/pst_9" in browser.get("/posts/pst_9").text
    assert "/doubts/pst_2" not in browser.get("/posts/pst_2").text


def test_an_outage_lists_what_was_due_in_it(duty: Desk) -> None:
    """What happened to each and what to do, until somebody has seen it."""
    browser = duty.signed_in("wang", *Role)
    text = browser.get("/outages").text
    errand = browser.get("/").text

    settled = send(browser, "/outages/out_0/settle")

    assert TITLE in text
    assert "没有发出，待处理" in text
    assert "影响 1 篇稿件" in errand
    assert settled.status_code == 303
    assert "wang同志 已看过" in browser.get("/outages").text


def test_a_silence_is_declared_with_what_it_keeps(duty: Desk) -> None:
    """Listed by post; ended at once by whoever may stop."""
    browser = duty.signed_in("wang", *Role)
    wrong = send(browser, "/quiet", account="*", since="2026-11-23T20:00", reason="哀悼", until="")
    done = send(
        browser,
        "/quiet",
        account="云岭住建",
        since="2026-11-23T20:00",
        until="2026-11-24T20:00",
        reason="上级通知",
        at_end="publish",
    )
    page = browser.get("/quiet").text
    ended = send(browser, "/quiet/qui_1/end")

    assert wrong.status_code == 422
    assert "请选择结束时间" in wrong.text
    assert ">哀悼</textarea>" in wrong.text
    assert done.status_code == 303
    assert "上级通知" in page
    assert "/posts/pst_10" in page
    assert ended.status_code == 303
    assert "提前结束" in browser.get("/quiet").text


def test_the_fast_lane_needs_a_second_person(duty: Desk) -> None:
    """Wang approved the release; Chen publishes all posts with one press."""
    wang, chen = duty.signed_in("王审核", Role.APPROVER), duty.signed_in("chen", Role.APPROVER)
    page = chen.get("/emergency/rel_e").text
    hashes = dict(re.findall(r'name="(shown-pst_\d+)" value="(\w+)"', page))

    alone = send(wang, "/emergency/rel_e/publish", **hashes)
    done = send(chen, "/emergency/rel_e/publish", **hashes)

    assert WARNING in chen.get("/emergency").text
    assert "超时" not in alone.headers.get("location", "")
    assert len(hashes) == 2
    assert alone.status_code == 403
    assert "至少要两个人" in alone.text
    assert done.status_code == 303
    with duty.storage.begin() as uow:
        posts = [uow.posts.get(PostId(f"pst_{number}")) for number in (11, 12)]
        (first,) = uow.deliveries.take_due(limit=1, ring_again_seconds=5)
        overtaking = uow.deliveries.get(first[1]).post
    assert {post.state for post in posts} == {PostState.SCHEDULED}
    assert {post.approved_by for post in posts} == {"chen"}
    assert overtaking in {post.id for post in posts}


def test_an_overdue_emergency_is_an_errand(duty: Desk) -> None:
    """The second person's two hours pass."""
    text = duty.signed_in("wang", *Role).get("/").text
    assert WARNING in text

    duty.clock.pass_seconds(3600)

    assert "应急超时" in duty.signed_in("li", *Role).get("/").text


def test_a_release_is_sent_to_the_lane_from_its_page(busy: Desk) -> None:
    """Before it is approved, with a reason."""
    browser = busy.signed_in("wang", *Role)

    without = send(browser, "/releases/rel_2/emergency", version="1", reason=" ")
    done = send(browser, "/releases/rel_2/emergency", version="1", reason="突发停水")

    assert without.status_code == 422
    assert done.status_code == 303
    assert "/emergency/rel_2" in browser.get("/releases/rel_2").text


def test_a_stop_tells_who_and_why_and_lifting_what_follows(duty: Desk) -> None:
    """On every page; the audit keeps both reasons."""
    browser = duty.signed_in("wang", *Role)

    send(browser, "/stop", account="*", reason="发现稿件有误")
    stopped = browser.get("/releases").text
    asked = browser.get("/lift").text
    duty.clock.pass_seconds(11_600)
    later = browser.get("/lift").text
    send(browser, "/lift", account="*", reason="稿件已改正")

    assert "wang同志 停发，原因：发现稿件有误" in stopped
    assert "现在没有到时间的稿件" in asked
    assert "/posts/pst_4" in later
    assert "/posts/pst_10" not in later
    with duty.storage.begin() as uow:
        told = [(r.action, r.details.get("reason")) for r in uow.audit.records()]
    assert told[-2:] == [
        ("publishing.stopped", "发现稿件有误"),
        ("publishing.lifted", "稿件已改正"),
    ]


def test_one_account_keeps_its_own_reason(busy: Desk) -> None:
    """On its page and on the page that lifts it."""
    browser = busy.signed_in("wang", *Role)

    send(browser, "/stop", account="云岭住建", reason="账号被盗")

    assert "账号被盗" in browser.get("/accounts/acc_3").text
    assert "账号被盗" in browser.get("/lift?account=云岭住建").text
