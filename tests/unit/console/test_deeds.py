"""What people do with releases and posts, and what they may not."""

from dataclasses import replace

import pytest

from bot.console.deeds import DEEDS
from bot.domain.ids import DeliveryId, PostId, ReleaseId
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, Permission
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import Finding, ReleaseState
from tests import factories as make
from tests.unit.console.desk import Desk, send

NEEDED = {
    "/posts/pst_5/submit": Permission.WRITE_POST,
    "/posts/pst_5/retitle": Permission.WRITE_POST,
    "/posts/pst_5/compose": Permission.WRITE_POST,
    "/posts/pst_5/compose/preview": Permission.WRITE_POST,
    "/posts/pst_5/revisions/1/restore": Permission.WRITE_POST,
    "/posts/pst_3/approve": Permission.APPROVE_POST,
    "/posts/pst_3/return": Permission.APPROVE_POST,
    "/posts/pst_4/schedule": Permission.SCHEDULE,
    "/posts/pst_4/now": Permission.SCHEDULE,
    "/posts/pst_4/undo": Permission.SCHEDULE,
    "/posts/pst_4/hold": Permission.SCHEDULE,
    "/posts/pst_4/resume": Permission.SCHEDULE,
    "/posts/pst_2/retry": Permission.RESOLVE_DELIVERY,
    "/posts/pst_2/adopt": Permission.RESOLVE_DELIVERY,
    "/posts/pst_4/cancel": Permission.WITHDRAW,
    "/releases/rel_2/approve": Permission.APPROVE_RELEASE,
    "/releases/rel_2/refuse": Permission.WITHDRAW,
    "/releases/rel_1/withdraw": Permission.WITHDRAW,
    "/accounts/new": Permission.MANAGE_ACCOUNTS,
    "/accounts/acc_4/edit": Permission.MANAGE_ACCOUNTS,
    "/accounts/acc_4/check": Permission.MANAGE_ACCOUNTS,
    "/accounts/acc_4/go-live": Permission.MANAGE_ACCOUNTS,
    "/accounts/acc_4/rotate": Permission.MANAGE_ACCOUNTS,
    "/rules/new": Permission.MANAGE_ACCOUNTS,
    "/stop": Permission.STOP,
    "/lift": Permission.STOP,
    "/quiet": Permission.STOP,
    "/releases/rel_2/emergency": Permission.SCHEDULE,
}
FIELDS = {
    "reason": "理由",
    "at": "2026-11-24T09:00",
    "url": "https://mp.weixin.qq.com/s/x",
    "account": "*",
    "version": "1",
    "content_hash": "x",
    "title": "停车新规来了",
    "article": "0",
}


def test_every_deed_is_in_the_matrix() -> None:
    """A new deed is tried with every role."""
    tried = {address.rpartition("/")[2]: needed for address, needed in NEEDED.items()}

    assert {name: deed.permission for name, deed in DEEDS.items()}.items() <= (
        tried | {"approve": Permission.APPROVE_POST}
    ).items()


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_can_do_what_it_is_granted_and_nothing_else(busy: Desk, role: Role) -> None:
    """403 exactly where the permission is missing; other refusals are about the thing itself."""
    browser = busy.signed_in("wang", role)

    refused = {address for address in NEEDED if send(browser, address, **FIELDS).status_code == 403}

    assert refused == {a for a, needed in NEEDED.items() if needed not in GRANTS[role]}


def test_a_button_is_shown_only_to_who_may_press_it(busy: Desk) -> None:
    """A writer sees the held post but no way to send it again."""
    writer, editor = busy.signed_in("wang", Role.WRITER), busy.signed_in("li", Role.EDITOR)

    assert "/posts/pst_2/retry" not in writer.get("/posts/pst_2").text
    assert "/posts/pst_2/retry" in editor.get("/posts/pst_2").text


def test_who_submitted_cannot_approve(busy: Desk) -> None:
    """Four eyes: neither offered nor possible."""
    browser = busy.signed_in("writer", *Role)
    with busy.storage.begin() as uow:
        shown = uow.posts.get(PostId("pst_3")).content_hash

    response = send(browser, "/posts/pst_3/approve", content_hash=shown)

    assert response.status_code == 403
    assert "提交人不能审核自己的稿件" in response.text
    assert 'action="/posts/pst_3/approve"' not in browser.get("/posts/pst_3").text


def test_a_post_walks_from_review_to_its_time(busy: Desk) -> None:
    """Approve what was shown, then schedule it in Beijing time."""
    browser = busy.signed_in("wang", *Role)
    page = browser.get("/posts/pst_3").text
    shown = page.split('name="content_hash" value="')[1].split('"')[0]

    approved = send(browser, "/posts/pst_3/approve", content_hash=shown)
    scheduled = send(browser, "/posts/pst_3/schedule", at="2026-11-24T09:00")

    assert approved.headers["location"] == "/posts/pst_3?done=approve"
    assert scheduled.headers["location"] == "/posts/pst_3?done=schedule"
    with busy.storage.begin() as uow:
        post = uow.posts.get(PostId("pst_3"))
    assert post.state is PostState.SCHEDULED
    assert post.due_at
    assert post.due_at.isoformat() == "2026-11-24T01:00:00+00:00"
    assert "明天 09:00" in browser.get("/posts/pst_3").text


def test_what_changed_since_it_was_shown_is_not_approved(busy: Desk) -> None:
    """The hash on the page is the one that counts."""
    response = send(busy.signed_in("wang", *Role), "/posts/pst_3/approve", content_hash="old")

    assert response.status_code == 422
    assert "请重新查看再审核" in response.text


def test_a_time_that_has_passed_is_refused_and_kept(busy: Desk) -> None:
    """The editor corrects it instead of typing it anew."""
    browser = busy.signed_in("wang", *Role)

    response = send(browser, "/posts/pst_4/schedule", at="2020-01-01T09:00")
    nonsense = send(browser, "/posts/pst_4/schedule", at="明早")

    assert "发布时间已经过去" in response.text
    assert 'value="2020-01-01T09:00"' in response.text
    assert "请选择发布日期和时间" in nonsense.text


def test_states_in_a_refusal_are_in_words(busy: Desk) -> None:
    """No code of ours reaches the reader."""
    response = send(busy.signed_in("wang", *Role), "/posts/pst_1/submit")

    assert response.status_code == 409
    assert "现在是“已定时”，不能改为“待审核”" in response.text


def test_hold_and_resume(busy: Desk) -> None:
    """Held posts wait; resumed ones are back where they were."""
    browser = busy.signed_in("wang", *Role)

    send(browser, "/posts/pst_4/hold", reason="等领导意见")
    held = browser.get("/posts/pst_4").text
    send(browser, "/posts/pst_4/resume")

    assert "等领导意见" in held
    with busy.storage.begin() as uow:
        assert uow.posts.get(PostId("pst_4")).state is PostState.SCHEDULED


def test_a_post_published_by_hand_is_closed_with_its_link(busy: Desk) -> None:
    """Nothing goes out any more; the link is shown."""
    browser = busy.signed_in("wang", *Role)

    send(browser, "/posts/pst_2/adopt", url="https://mp.weixin.qq.com/s/by-hand")

    with busy.storage.begin() as uow:
        assert uow.deliveries.get(DeliveryId("dlv_2")).state is DeliveryState.DELIVERED
    assert "https://mp.weixin.qq.com/s/by-hand" in browser.get("/posts/pst_2").text


def test_a_held_delivery_is_tried_again_on_a_persons_word(busy: Desk) -> None:
    """It waits for a worker."""
    send(busy.signed_in("wang", *Role), "/posts/pst_2/retry")

    with busy.storage.begin() as uow:
        assert uow.deliveries.get(DeliveryId("dlv_2")).state is DeliveryState.WAITING


def test_a_release_is_approved_and_planned(busy: Desk) -> None:
    """The worker is rung; the evidence is kept."""
    browser = busy.signed_in("wang", Role.APPROVER)

    response = send(browser, "/releases/rel_2/approve", version="1", reason="处理单 31 号")

    assert response.headers["location"] == "/releases/rel_2/posts?done=approve"
    assert busy.doorbell.releases == ["rel_2"]
    with busy.storage.begin() as uow:
        approval = uow.releases.get(ReleaseId("rel_2")).approval
    assert approval
    assert (approval.by, approval.evidence) == ("wang", "处理单 31 号")


def test_a_failed_check_is_told_where_the_release_is_approved(busy: Desk) -> None:
    """Passing asks why it may go out all the same; once approved, what was read is folded away."""
    with busy.storage.begin() as uow:
        release = uow.releases.get(ReleaseId("rel_2"))
        uow.releases.save(replace(release, findings=(Finding("damaged", "有乱码"),)))
        uow.commit()
    browser = busy.signed_in("wang", Role.APPROVER)

    shown = browser.get("/releases/rel_2").text
    refused = send(browser, "/releases/rel_2/approve", version="1", override="无")
    passed = send(browser, "/releases/rel_2/approve", version="1", override="生僻字，已对照原件")

    assert "文字没有损坏" in shown
    assert 'id="override"' in shown
    assert refused.status_code == 422
    assert '<a href="#override">文字没有损坏' in refused.text
    assert passed.status_code == 303


def test_what_reading_noticed_is_folded_once_somebody_approved(busy: Desk) -> None:
    """Before that it is an open notice."""
    note = Finding("repeated_head", "正文开头重复了标题，已去掉")
    with busy.storage.begin() as uow:
        for number in ("rel_1", "rel_2"):
            release = uow.releases.get(ReleaseId(number))
            uow.releases.save(replace(release, findings=(note,)))
        uow.commit()
    browser = busy.signed_in("wang", Role.APPROVER)

    waiting, approved = (browser.get(f"/releases/{id_}/text").text for id_ in ("rel_2", "rel_1"))

    assert "<strong>读取时发现</strong>" in waiting
    assert "<strong>读取时发现</strong>" not in approved
    assert "读取记录（1 条" in approved


def test_a_newer_version_is_not_approved_unseen(busy: Desk) -> None:
    """The version on the page is the one that counts."""
    with busy.storage.begin() as uow:
        newer = make.content(title="改过的标题", document_number="云岭人社发〔2026〕31号")
        uow.releases.add(
            make.release(
                id=ReleaseId("rel_2"),
                source_key="31",
                version=2,
                content=newer,
                state=ReleaseState.RECEIVED,
                approval=None,
            )
        )
        uow.commit()

    response = send(busy.signed_in("wang", *Role), "/releases/rel_2/approve", version="1")

    assert response.status_code == 422
    assert "有了新版本" in response.text


def test_refusing_a_release_needs_a_reason(busy: Desk) -> None:
    """And is final."""
    browser = busy.signed_in("wang", Role.APPROVER)

    without = send(browser, "/releases/rel_2/refuse", version="1")
    send(browser, "/releases/rel_2/refuse", version="1", reason="不属于公开范围")

    assert without.status_code == 422
    with busy.storage.begin() as uow:
        assert uow.releases.get(ReleaseId("rel_2")).state is ReleaseState.REFUSED


def test_the_emergency_stop_is_seen_on_every_page_and_can_be_lifted(busy: Desk) -> None:
    """Nobody works on without noticing."""
    browser = busy.signed_in("wang", Role.EDITOR)

    send(browser, "/stop", account="*")
    stopped = browser.get("/releases").text
    send(browser, "/lift", account="*")

    assert "全部账号已紧急停发" in stopped
    assert "全部账号已紧急停发" not in browser.get("/releases").text


def test_one_account_is_stopped_alone(busy: Desk) -> None:
    """The others go on; choosing nothing stops nothing."""
    browser = busy.signed_in("wang", Role.EDITOR)

    nothing = send(browser, "/stop")
    send(browser, "/stop", account="云岭住建")

    assert "请选择要停发的账号" in nothing.text
    with busy.storage.begin() as uow:
        assert [a.name for a in uow.accounts.all() if a.stopped] == ["云岭住建"]
        assert not uow.stops.everything_is_stopped()
