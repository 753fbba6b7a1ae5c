"""审核: what waits for whom, the page of one post, its record and what it refuses."""

import pytest

from bot.domain.ids import PostId
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, STEP_PERMISSIONS
from bot.domain.posts.post import PostState
from bot.domain.posts.review import THREE_STEPS, ReviewStep
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send

POST = PostId("pst_3")


def in_three_steps(busy: Desk) -> str:
    """Post 3, submitted by the writer, waits for its 初审; its hash."""
    from dataclasses import replace

    with busy.storage.begin() as uow:
        post = uow.posts.get(POST)
        waiting = replace(post, steps=THREE_STEPS, approved_hash=None, approved_by=None)
        uow.posts.save(waiting)
        uow.commit()
    return post.content_hash


def state(busy: Desk) -> PostState:
    with busy.storage.begin() as uow:
        return uow.posts.get(POST).state


def test_three_people_walk_it_through_and_it_is_printed_below(busy: Desk) -> None:
    """Each finds it on the first page under the name of the step, and nobody twice."""
    shown = in_three_steps(busy)
    people = [
        ("zhao", Role.EDITOR, "初审"),
        ("wang", Role.REVIEWER, "复审"),
        ("chen", Role.APPROVER, "终审"),
    ]
    for login, role, step in people:
        browser = busy.signed_in(login, role)
        assert f"等待您{step}" in browser.get("/").text
        page = browser.get("/review/pst_3").text
        assert f"{step}通过</button>" in page
        answer = send(browser, "/review/pst_3/approve", content_hash=shown, comment=f"{step}无误")
        assert answer.headers["location"] == "/review/pst_3?done=approve"
        assert "等待您" not in browser.get("/").text

    page = busy.signed_in("sun", Role.AUDITOR).get("/review/pst_3").text

    assert state(busy) is PostState.APPROVED
    for login, _, step in people:
        assert f"<strong>{login}同志</strong> {step}通过" in page
        assert f"{step}无误" in page
    assert page.count(shown[:16]) >= 6


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_reviews_as_it_is_granted_and_nothing_else(busy: Desk, role: Role) -> None:
    """403 exactly where no permission for the open step is held."""
    in_three_steps(busy)
    browser = busy.signed_in("wang", role)

    approved = send(browser, "/review/pst_3/approve", content_hash="x").status_code
    returned = send(browser, "/review/pst_3/return", reason="金额有误").status_code

    may = STEP_PERMISSIONS[ReviewStep.FIRST] in GRANTS[role]
    assert (approved == 403) is not may
    assert (returned == 403) is not may


def test_who_may_not_read_it_is_told_why_and_offered_nothing(busy: Desk) -> None:
    """The submitter sees the page, the reason, and no button."""
    browser = busy.signed_in("writer", *Role)

    page = browser.get("/review/pst_3").text

    assert "提交人不能审核自己的稿件" in page
    assert 'action="/review/pst_3/approve"' not in page
    assert "等待您" not in browser.get("/").text


def test_a_return_needs_a_reason_and_reaches_the_writer(busy: Desk) -> None:
    """What was written stays in the form; the writer reads the reason on the first page."""
    browser = busy.signed_in("wang", Role.REVIEWER)

    without = send(browser, "/review/pst_3/return", reason=" ")
    send(browser, "/review/pst_3/return", reason="第二段金额有误")

    assert without.status_code == 422
    assert "请写明退回的原因" in without.text
    assert state(busy) is PostState.DRAFT
    assert "第二段金额有误" in busy.signed_in("li", Role.WRITER).get("/").text


def test_a_change_shows_what_is_different_and_voids_the_step(busy: Desk) -> None:
    """The reviewer sees the old words beside the new ones, and their own step as void."""
    shown = in_three_steps(busy)
    editor, writer = busy.signed_in("zhao", Role.EDITOR), busy.signed_in("li", Role.WRITER)
    send(editor, "/review/pst_3/approve", content_hash=shown)

    send(writer, "/posts/pst_3/retitle", title="停车新规：三分钟看懂", article="0")
    send(writer, "/posts/pst_3/submit")
    page = editor.get("/review/pst_3").text

    assert "与上次审核相比" in page
    assert "<ins>" in page
    assert "已失效" in page
    assert "初审通过</button>" in page


def test_a_comment_is_kept_and_decides_nothing(busy: Desk) -> None:
    """Empty it is refused."""
    browser = busy.signed_in("li", Role.WRITER)

    empty = send(browser, "/review/pst_3/comment", comment=" ")
    send(browser, "/review/pst_3/comment", comment="封面偏暗 <b>")

    assert empty.status_code == 422
    page = browser.get("/review/pst_3").text
    assert "封面偏暗 &lt;b&gt;" in page
    assert state(busy) is PostState.IN_REVIEW


def deputised(busy: Desk, browser: Browser, deputy: str, **more: str) -> int:
    days = {"since": "2026-11-23", "until": "2026-11-27"}
    return send(browser, "/deputies", **(days | {"deputy": deputy} | more)).status_code


def test_a_deputy_finds_the_step_and_signs_with_both_names(busy: Desk) -> None:
    """Until the leader takes it back."""
    leader = busy.signed_in("chen", Role.REVIEWER)
    deputy = busy.signed_in("li", Role.WRITER)
    with busy.storage.begin() as uow:
        shown = uow.posts.get(POST).content_hash

    assert deputised(busy, leader, "li", note="出差") == 303
    assert "等待您复审（代 chen同志）" in deputy.get("/").text
    send(deputy, "/review/pst_3/approve", content_hash=shown)

    page = deputy.get("/review/pst_3").text
    assert "li同志（代 chen同志）" in page
    assert state(busy) is PostState.APPROVED


def test_a_deputy_is_named_with_sensible_days(busy: Desk) -> None:
    """What was chosen stays; somebody else's may not be ended."""
    leader = busy.signed_in("chen", Role.REVIEWER)
    busy.employ("li", Role.WRITER)
    stranger = busy.signed_in("zhao", Role.WRITER)

    wrong = send(leader, "/deputies", deputy="li", since="2026-11-25", until="2026-11-24")
    assert deputised(busy, leader, "li") == 303
    with busy.storage.begin() as uow:
        (named,) = uow.deputies.acting_for("li", day=busy.clock.now().date())

    assert "结束日期早于开始日期" in wrong.text
    assert '<option value="li" selected>' in wrong.text
    assert send(stranger, f"/deputies/{named.id}/end").status_code == 403
    assert send(leader, f"/deputies/{named.id}/end").status_code == 303
