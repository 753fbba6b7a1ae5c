"""撤回 in the console: told beforehand, done once, followed to the end."""

from bot.domain.errors import Explanation, NotPermitted
from bot.domain.ids import AccountId, ReleaseId
from bot.domain.people import Role
from bot.domain.releases.release import ReleaseState
from bot.usecases.releases.take_recalled_down import take_recalled_down
from tests.unit.console.desk import Desk, send

REFUSED = NotPermitted(
    "no",
    code="48001",
    explanation=Explanation("账号没有删除的权限", "请到公众平台后台删除", "管理员"),
)


def test_what_each_platform_allows_is_told_before(busy: Desk) -> None:
    """One post is public, the others are only cancelled; nothing happens yet."""
    page = busy.signed_in("wang", Role.APPROVER).get("/releases/rel_1/withdraw").text

    assert "由系统删除文章" in page
    assert "还没有发出，直接取消" in page
    assert busy.aftercare.taken_down == []


def test_a_withdrawal_needs_a_reason_and_the_version_that_was_seen(busy: Desk) -> None:
    """The page comes again with what was written."""
    browser = busy.signed_in("wang", Role.APPROVER)

    bare = send(browser, "/releases/rel_1/withdraw", version="1", reason=" ")
    stale = send(browser, "/releases/rel_1/withdraw", version="7", reason="数字有误")

    assert (bare.status_code, "请写明原因" in bare.text) == (422, True)
    assert stale.status_code == 422
    assert ">数字有误</textarea>" in stale.text


def test_what_the_platform_refuses_waits_for_a_person_until_it_is_done(busy: Desk) -> None:
    """It stands on 今日 and on the release, and closes with the last account."""
    browser = busy.signed_in("wang", Role.APPROVER)
    busy.aftercare.refuses[AccountId("acc_1")] = REFUSED
    address = (
        send(browser, "/releases/rel_1/withdraw", version="1", reason="数字有误")
        .headers["location"]
        .partition("?")[0]
    )

    before = browser.get(address).text
    for recall, post in busy.doorbell.recalled:
        take_recalled_down(recall, post, busy.tools.aftercare)
    shown, today = browser.get(address).text, browser.get("/").text
    send(browser, f"{address}/pst_1/done", note="王工删除")
    after = browser.get(address).text

    assert 'hx-trigger="every 3s"' in before
    assert "由系统删除" in before
    assert "every 3s" not in shown
    assert "平台没有删除：账号没有删除的权限" in shown
    assert "撤回中" in today
    assert address in browser.get("/releases/rel_1/history").text
    assert "王工删除" in after
    assert "已人工删除" in after
    with busy.storage.begin() as uow:
        assert uow.releases.get(ReleaseId("rel_1")).state is ReleaseState.WITHDRAWN


def test_whoever_may_not_withdraw_sees_no_button_and_is_refused(busy: Desk) -> None:
    """Over HTTP too."""
    browser = busy.signed_in("li", Role.WRITER)

    assert "撤回这份政策" not in browser.get("/releases/rel_1/history").text
    assert browser.get("/releases/rel_1/withdraw").status_code == 403
    assert send(browser, "/releases/rel_1/withdraw", version="1", reason="x").status_code == 403
    assert busy.aftercare.taken_down == []
