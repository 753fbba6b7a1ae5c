"""出错: why each post is stuck, what to do, who can, and the buttons that do it."""

from dataclasses import replace

import pytest

from bot.domain.ids import DeliveryId, PostId
from bot.domain.people import Role
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Journal, Outcome
from tests.unit.console.desk import Desk, send
from tests.unit.console.town import REJECTED


def test_a_failed_post_says_why_what_and_who_with_the_platforms_words_folded(busy: Desk) -> None:
    """The code stands in the fold only."""
    page = busy.signed_in("bian", Role.EDITOR).get("/failures").text

    assert "平台拒绝了这篇稿件" in page
    assert REJECTED.cause in page
    assert REJECTED.next_step in page
    assert "撰稿人" in page
    fold = page.index("平台的原话")
    assert page.index(REJECTED.code) > fold


def test_buttons_carry_their_consequence(busy: Desk) -> None:
    """Only those of who may press them; a form keeps what it asks in place."""
    editor = busy.signed_in("bian", Role.EDITOR).get("/failures").text
    reader = busy.signed_in("du", Role.AUDITOR).get("/failures").text

    assert 'action="/posts/pst_2/retry"' in editor
    assert "这篇稿件确定没有发出；按原样马上再发一次" in editor
    assert 'action="/posts/pst_2/adopt"' in editor
    assert "登记平台上的链接，系统不再发送这篇稿件" in editor
    assert 'name="url"' in editor
    assert "/posts/pst_2/" not in reader
    assert REJECTED.cause in reader


@pytest.mark.parametrize("page", ["/failures", "/releases/rel_1/posts"])
def test_a_post_in_doubt_is_compared_before_anything_else(busy: Desk, page: str) -> None:
    """No button that could send it twice."""
    with busy.storage.begin() as uow:
        held = uow.deliveries.get(DeliveryId("dlv_2"))
        entries = [
            replace(one, outcome=Outcome.UNKNOWN) if one.step == "accept" else one
            for one in held.journal.entries
        ]
        doubt = replace(held, id=DeliveryId("dlv_2b"), revision=2, journal=Journal(tuple(entries)))
        uow.deliveries.add(doubt)
        uow.posts.save(replace(uow.posts.get(PostId("pst_2")), revision=2))
        uow.commit()

    shown = busy.signed_in("bian", Role.EDITOR).get(page).text

    assert 'href="/doubts/pst_2"' in shown
    assert "/posts/pst_2/retry" not in shown


def test_paused_posts_are_a_list_of_their_own(busy: Desk) -> None:
    """With who stopped them, and the way back."""
    browser = busy.signed_in("bian", Role.EDITOR)
    send(browser, "/posts/pst_4/hold", reason="等领导意见")

    failed = browser.get("/failures").text
    paused = browser.get("/failures?view=paused").text

    assert "等领导意见" not in failed
    assert "等领导意见" in paused
    assert 'action="/posts/pst_4/resume"' in paused


def test_the_list_is_by_account_and_empty_is_said(busy: Desk) -> None:
    """An unknown account is all of them."""
    browser = busy.signed_in("bian", Role.EDITOR)

    assert "没有出错的稿件" in browser.get("/failures?account=acc_1").text
    assert REJECTED.cause in browser.get("/failures?account=nobody").text


def test_who_waits_on_the_platform_is_told_where_to_press(busy: Desk) -> None:
    """A draft that a person publishes there."""
    with busy.storage.begin() as uow:
        waiting = uow.deliveries.get(DeliveryId("dlv_4"))
        uow.deliveries.save(replace(waiting, state=DeliveryState.AWAITING_PERSON))
        uow.commit()

    page = busy.signed_in("bian", Role.EDITOR).get("/failures?account=acc_4").text

    assert "到平台后台点“发布”" in page
    assert 'action="/posts/pst_4/adopt"' in page


def test_the_row_of_a_release_opens_in_place_with_its_buttons(busy: Desk) -> None:
    """Those that ask nothing; the table renews itself, so what asks something is one click on."""
    shown = busy.signed_in("bian", Role.EDITOR).get("/releases/rel_1/posts").text

    assert 'action="/posts/pst_2/retry"' in shown
    assert "由谁处理" in shown
    assert "其他处理办法" in shown
    assert 'name="url"' not in shown


def test_the_duty_board_counts_them(busy: Desk) -> None:
    """One is failed in town."""
    page = busy.signed_in("bian", Role.EDITOR).get("/duty").text

    assert 'href="/failures">出错' in page
    assert "1 篇" in page
    with busy.storage.begin() as uow:
        uow.posts.save(replace(uow.posts.get(PostId("pst_2")), state=PostState.CANCELLED))
        uow.commit()
    assert "没有发出、等人处理的稿件" in busy.signed_in("li", Role.EDITOR).get("/duty").text
