"""What is offered for a post that did not come out: it depends on whether it may be public."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import DeliveryId, PostId
from bot.domain.people import Role
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Failure, Outcome
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send


def deeds_of(browser: Browser, post: str) -> list[str]:
    """The deeds the page offers, in order."""
    pieces = browser.get(f"/posts/{post}").text.split(f'action="/posts/{post}/')[1:]
    return [piece.partition('"')[0] for piece in pieces]


def ended(desk: Desk, outcome: Outcome, error: str) -> None:
    """`dlv_2` is held after its accepting step, tried once more, ended so."""
    with desk.storage.begin() as uow:
        held = uow.deliveries.get(DeliveryId("dlv_2"))
        refused = held.journal.entries[-1]
        tried = replace(refused, seq=3, outcome=outcome, failure=Failure(error) if error else None)
        changed = replace(held, journal=held.journal.with_entry(tried))
        uow.deliveries.save(changed, entries=(tried,))
        uow.commit()


def test_a_refused_post_is_first_of_all_returned(busy: Desk) -> None:
    """The next step says “退回修改”, and that is the first button."""
    browser = busy.signed_in("wang", *Role)

    assert deeds_of(browser, "pst_2") == ["return", "retry", "adopt", "cancel", "retitle"]
    assert "确定没有发出" in browser.get("/posts/pst_2").text


def test_a_refused_post_walks_back_and_out_again(busy: Desk) -> None:
    """Returned, submitted, approved, scheduled: every step is offered by the page before."""
    browser, other = busy.signed_in("wang", *Role), busy.signed_in("li", *Role)

    send(browser, "/posts/pst_2/return", reason="请删除外部链接")
    returned = browser.get("/posts/pst_2").text
    send(browser, "/posts/pst_2/submit")
    shown = other.get("/posts/pst_2").text.split('name="content_hash" value="')[1].split('"')[0]
    send(other, "/posts/pst_2/approve", content_hash=shown)
    at = f"{busy.clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    response = send(browser, "/posts/pst_2/schedule", at=at)

    assert "请删除外部链接" in returned
    assert response.status_code == 303
    with busy.storage.begin() as uow:
        post, deliveries = uow.posts.get(PostId("pst_2")), uow.deliveries.of_post(PostId("pst_2"))
    assert post.state is PostState.SCHEDULED
    assert {d.revision: d.state for d in deliveries} == {
        1: DeliveryState.CANCELLED,
        2: DeliveryState.WAITING,
    }
    assert "平台拒绝" in browser.get("/posts/pst_2").text


@pytest.mark.parametrize(
    ("outcome", "error"),
    [(Outcome.UNKNOWN, "OutcomeUnknown"), (Outcome.REFUSED, "PartlyDone"), (Outcome.DONE, "")],
    ids=["unknown", "partly public", "accepted, not seen"],
)
def test_what_may_be_public_is_not_edited_but_settled(
    busy: Desk, outcome: Outcome, error: str
) -> None:
    """Registering its link comes first; sending again warns; nothing leads to a second post."""
    ended(busy, outcome, error)
    browser = busy.signed_in("wang", *Role)

    offered = deeds_of(browser, "pst_2")
    forced = send(browser, "/posts/pst_2/return", reason="请改标题")

    assert offered == ["adopt", "retry", "cancel"]
    assert "请先到平台上确认没有这篇稿件" in browser.get("/posts/pst_2").text
    assert forced.status_code == 409


def test_a_post_held_for_lateness_gets_a_new_time_first(busy: Desk) -> None:
    """Nothing was refused: nothing needs mending."""
    with busy.storage.begin() as uow:
        held = uow.deliveries.get(DeliveryId("dlv_4"))
        late = replace(
            held, state=DeliveryState.HELD, next_at=None, hold_reason="已超过定时 90 分钟"
        )
        uow.deliveries.save(late)
        uow.commit()
    browser = busy.signed_in("wang", *Role)

    assert deeds_of(browser, "pst_4")[:3] == ["schedule", "retry", "return"]


def test_a_post_whose_approval_is_void_is_returned_not_resumed(busy: Desk) -> None:
    """Resuming would be refused; the way on is a new review."""
    with busy.storage.begin() as uow:
        post = uow.posts.get(PostId("pst_4"))
        void = replace(
            post,
            state=PostState.HELD,
            held_from=PostState.SCHEDULED,
            hold_reason="政策有了新版本",
            approved_hash=None,
        )
        uow.posts.save(void)
        uow.commit()
    browser = busy.signed_in("wang", *Role)

    assert deeds_of(browser, "pst_4")[0] == "return"


def test_nothing_is_offered_for_what_is_live(busy: Desk) -> None:
    """It is public; the console changes nothing about it."""
    assert deeds_of(busy.signed_in("wang", *Role), "pst_1") == []
