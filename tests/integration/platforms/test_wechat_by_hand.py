"""What people do in the platform's console is noticed and said: published, edited, deleted."""

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.ids import PostId
from bot.domain.permissions import SYSTEM
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.usecases.publishing.resolve_delivery import retry_delivery
from tests.integration.platforms.wechat_stage import NAME, Stage
from tests.integration.platforms.wechat_ways import Way, on_its_way

HOUR = 3600.0
OTHER_TITLE = "关于优化办事时间的通告"
APPROVED_TITLE = "关于优化办事时间的通知"


def edit(way: Way, **changes: str) -> None:
    way.stage.wechat.act(
        "editor_edits_draft",
        account=NAME,
        media_id=way.draft_id,
        changes=changes or {"title": OTHER_TITLE},
    )


def publish(way: Way, how: str = "publish") -> None:
    way.stage.wechat.act("editor_publishes", account=NAME, media_id=way.draft_id, how=how)


def says_both_texts(delivery: Delivery) -> bool:
    return OTHER_TITLE in delivery.hold_reason and APPROVED_TITLE in delivery.hold_reason


def test_a_draft_is_published_by_hand(stage: Stage) -> None:
    """Noticed by asking, with the address the public has."""
    way = on_its_way(stage, Mode.DRAFT)
    waiting = way.go(1, seconds=1)
    publish(way)

    delivery = way.go(4)

    assert waiting.state is DeliveryState.AWAITING_PERSON
    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert delivery.receipt is not None
    assert delivery.receipt.urls


@pytest.mark.parametrize("how", ["publish", "mass"])
def test_its_event_makes_us_look_at_once(stage: Stage, how: str) -> None:
    """Minutes before the next question; what was mass-sent is in no list, so the event alone
    names its address."""
    way = on_its_way(stage, Mode.DRAFT, poll_seconds="1800")
    with way.listening():
        waiting = way.go(1, seconds=0)
        publish(way, how)
        way.hear()
        delivery = way.go(3, seconds=1)

    assert waiting.state is DeliveryState.AWAITING_PERSON
    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert delivery.receipt is not None
    assert delivery.receipt.urls


@pytest.mark.parametrize("stage", [{"verified": False, "kind": "subscription"}], indirect=True)
def test_an_account_that_may_not_list_learns_it_from_the_event(stage: Stage) -> None:
    """Unverified accounts cannot ask what is published, but they hear of it."""
    way = on_its_way(stage, Mode.DRAFT, poll_seconds="1800")
    with way.listening():
        way.go(1, seconds=0)
        publish(way)
        way.hear()
        delivery = way.go(3, seconds=1)

    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason


def test_what_was_mass_sent_by_hand_unheard_is_asked_about(stage: Stage) -> None:
    """Gone, in no list, no event: a person is asked for the address, and told why."""
    way = on_its_way(stage, Mode.DRAFT)
    way.go(1, seconds=1)
    publish(way, "mass")

    delivery = way.go(14)

    assert delivery.state is DeliveryState.HELD
    assert "群发" in delivery.hold_reason
    assert "登记文章链接" in delivery.hold_reason


def test_an_edited_draft_is_held_with_both_texts_and_may_be_accepted(stage: Stage) -> None:
    """Told once; whoever accepts the edit is not stopped again, not even when it is out."""
    way = on_its_way(stage, Mode.DRAFT)
    way.go(1, seconds=1)
    edit(way)
    held = way.go(3)
    retry_delivery(PostId("pst_1"), actor=SYSTEM, tools=way.tools)
    waiting = way.go(3)
    publish(way)

    delivery = way.go(4)

    assert held.state is DeliveryState.HELD
    assert says_both_texts(held)
    assert waiting.state is DeliveryState.AWAITING_PERSON
    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason


@pytest.mark.parametrize("changes", [{"title": OTHER_TITLE}, {"content": "<p>正文改了</p>"}])
def test_a_draft_edited_and_published_unseen_is_said_to_be_public_and_different(
    stage: Stage, changes: dict[str, str]
) -> None:
    """Between two questions; the reason says that it is public, where, and what differs."""
    way = on_its_way(stage, Mode.DRAFT)
    way.go(1, seconds=1)
    edit(way, **changes)
    publish(way)

    delivery = way.go(3)

    assert delivery.state is DeliveryState.HELD
    assert delivery.hold_reason.startswith("稿件已经公开，但内容与批准的不同")
    assert next(iter(changes.values())).strip("<p>/")[:4] in delivery.hold_reason
    assert "/s/" in delivery.hold_reason


def test_a_deleted_draft_is_asked_about(stage: Stage) -> None:
    """After ten minutes without any article of ours. It may have been published all the same,
    under a clock that differs or as a mass send, so nothing is claimed."""
    way = on_its_way(stage, Mode.DRAFT)
    way.go(1, seconds=1)
    media_id = way.draft_id
    stage.wechat.act("editor_deletes_draft", account=NAME, media_id=media_id)
    soon = way.go(3)

    later = way.go(10)

    assert soon.state is DeliveryState.AWAITING_PERSON
    assert later.state is DeliveryState.HELD
    assert "可能已被删除" in later.hold_reason


def test_a_draft_nobody_publishes_comes_back_as_a_reminder(stage: Stage) -> None:
    """Three days of patience, then it stands among what is to be done, with what to do."""
    way = on_its_way(stage, Mode.DRAFT, poll_seconds="1800")
    waiting = way.go(71, seconds=HOUR)

    reminded = way.go(3, seconds=HOUR)

    assert waiting.state is DeliveryState.AWAITING_PERSON
    assert reminded.state is DeliveryState.HELD
    assert "超过等待时间仍没有人发布" in reminded.hold_reason


@pytest.mark.parametrize("mode", [Mode.PUBLISH, Mode.MASS])
def test_a_draft_edited_before_its_time_does_not_go_out(stage: Stage, mode: Mode) -> None:
    """Prepared minutes ahead and opened by somebody since: held with both texts, unsent."""
    way = on_its_way(stage, mode, due_in_seconds=500)
    prepared = way.go(3)
    edit(way)

    delivery = way.go(8)

    assert prepared.prepared_at is not None
    assert delivery.state is DeliveryState.HELD
    assert says_both_texts(delivery)
    assert stage.books["published"] == []
    assert stage.books["publish_jobs"] == stage.books["mass_sends"] == []


@pytest.mark.parametrize("mode", [Mode.PUBLISH, Mode.MASS])
def test_a_draft_deleted_before_its_time_is_asked_about(stage: Stage, mode: Mode) -> None:
    """It may have been published by hand: nothing is sent, a person looks."""
    way = on_its_way(stage, mode, due_in_seconds=500)
    way.go(3)
    stage.wechat.act("editor_deletes_draft", account=NAME, media_id=way.draft_id)

    delivery = way.go(14)

    assert delivery.state is DeliveryState.HELD
    assert "草稿" in delivery.hold_reason
    assert stage.books["publish_jobs"] == stage.books["mass_sends"] == []
