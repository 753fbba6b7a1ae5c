"""Scheduling, holding, resuming, cancelling: what a person may move, and what is too late."""

from datetime import timedelta

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import IllegalMove, InvalidInput, NotAllowed
from bot.domain.permissions import Actor
from bot.domain.posts.post import IfLate, PostState
from bot.domain.posts.review import PostApproval
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.usecases.posts.hold_post import cancel_post, hold_post, resume_post
from bot.usecases.posts.review_post import approve_post, return_post, submit_post
from bot.usecases.posts.schedule_post import PREPARE_AHEAD, schedule_post
from bot.usecases.publishing.resolve_delivery import retry_delivery
from tests import factories as make
from tests.unit.usecases.posts.desk import (
    APPROVER,
    AUDITOR,
    EDITOR,
    REVIEWER,
    WRITER,
    Desk,
)

LATER = make.after(7200)


def scheduled(desk: Desk) -> str:
    (post,) = desk.arrives_and_is_planned()
    return post.id


def test_an_approved_post_gets_its_time_and_is_prepared_ahead() -> None:
    """Ten minutes before it is due somebody comes to prepare it."""
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES))
    (post,) = desk.arrives_and_is_planned()
    approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)

    schedule_post(post.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)

    delivery = desk.delivery(post.id)
    assert delivery.due_at == LATER
    assert delivery.next_at == LATER - PREPARE_AHEAD


def test_a_waiting_posts_time_is_moved_without_a_second_delivery() -> None:
    """One delivery a revision."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()

    schedule_post(post.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)

    with desk.storage.begin() as uow:
        (delivery,) = uow.deliveries.of_post(post.id)
    assert delivery.due_at == desk.post(post.id).due_at == LATER


def test_what_is_not_approved_as_it_stands_gets_no_time() -> None:
    """Approval is bound to the content."""
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES))
    (post,) = desk.arrives_and_is_planned()

    with pytest.raises(IllegalMove):
        schedule_post(post.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)


def test_a_time_that_has_passed_is_refused() -> None:
    """Within a minute it is now; before that it is a mistake."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    past = desk.clock.now() - timedelta(minutes=2)

    with pytest.raises(InvalidInput, match="已经过去"):
        schedule_post(post.id, at=past, actor=EDITOR, storage=desk.storage, ids=desk.ids)


def test_a_post_held_for_lateness_can_be_given_another_time() -> None:
    """The hold says “请确认后重新定时”, and that is what a person does."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.change_post(post.id, if_late=IfLate.HOLD)
    held = desk.advance(post.id, after=3600)

    schedule_post(post.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)
    delivered = desk.advance(post.id, after=3600)

    assert held.state is DeliveryState.HELD
    assert delivered.state is DeliveryState.DELIVERED


def test_another_time_does_not_make_a_doubtful_post_go_out_again() -> None:
    """A new time is no word about what happened: the outcome stays unknown until a person says."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.tried(post.id, Outcome.UNKNOWN, error="OutcomeUnknown")
    desk.change_delivery(post.id, state=DeliveryState.HELD, next_at=None, hold_reason="不能确定")

    schedule_post(post.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)
    for _ in range(12):
        last = desk.advance(post.id, after=1200)

    assert desk.platform.count("accept") == 0
    assert last.state is DeliveryState.HELD


def test_a_post_returned_after_scheduling_comes_back_by_approval_and_time() -> None:
    """Returned, submitted again, approved by somebody else, scheduled: it goes out."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    return_post(post.id, reason="请补充咨询电话", actor=REVIEWER, tools=desk.tools)
    former = desk.delivery(post.id)
    submit_post(post.id, actor=WRITER, storage=desk.storage)
    approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)

    now = desk.clock.now()
    schedule_post(post.id, at=now, actor=EDITOR, storage=desk.storage, ids=desk.ids)
    delivered = desk.advance(post.id)

    assert former.state is DeliveryState.CANCELLED
    assert delivered.id != former.id
    assert delivered.state is DeliveryState.DELIVERED
    assert desk.platform.count("accept") == 1


def test_a_refused_post_returned_and_approved_anew_goes_out() -> None:
    """The refusal was about the former revision: the new one is tried, not held unasked."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.tried(post.id, Outcome.REFUSED)
    desk.change_delivery(post.id, state=DeliveryState.HELD, next_at=None)

    return_post(post.id, reason="删去外部链接", actor=REVIEWER, tools=desk.tools)
    submit_post(post.id, actor=WRITER, storage=desk.storage)
    approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)
    schedule_post(post.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)
    delivered = desk.advance(post.id, after=7200)

    assert desk.post(post.id).revision == post.revision + 1
    assert delivered.state is DeliveryState.DELIVERED


def test_what_is_on_its_way_cannot_be_moved() -> None:
    """The public may see it already."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.advance(post.id)

    with pytest.raises(IllegalMove):
        schedule_post(post.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)


def test_a_held_post_stays_until_it_is_resumed() -> None:
    """Held is remembered with its reason; resuming brings it back to where it was."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()

    hold_post(post.id, reason="等领导确认", actor=EDITOR, storage=desk.storage)
    held = desk.advance(post.id, after=60)
    resume_post(post.id, actor=EDITOR, storage=desk.storage)
    delivered = desk.advance(post.id, after=1)

    assert held.state is DeliveryState.HELD
    assert held.hold_reason == "等领导确认"
    assert delivered.state is DeliveryState.DELIVERED
    assert desk.actions()[-2:] == ["post.held", "post.resumed"]


def test_a_post_that_is_not_held_cannot_be_resumed() -> None:
    """A second click must not take a scheduled post back to a draft that never goes out."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    hold_post(post.id, reason="等领导确认", actor=EDITOR, storage=desk.storage)
    resume_post(post.id, actor=EDITOR, storage=desk.storage)

    with pytest.raises(IllegalMove):
        resume_post(post.id, actor=EDITOR, storage=desk.storage)

    with desk.storage.begin() as uow:
        assert uow.posts.get(post.id).state is PostState.SCHEDULED


def test_a_post_whose_approval_is_void_cannot_be_resumed() -> None:
    """A new version voids the approval, also of a post that was held before."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    hold_post(post.id, reason="等领导确认", actor=EDITOR, storage=desk.storage)
    desk.arrives(body=make.document("更正后的正文。"))

    with pytest.raises(IllegalMove, match="批准已失效"):
        resume_post(post.id, actor=EDITOR, storage=desk.storage)


def test_a_cancelled_post_never_goes_out() -> None:
    """With it goes what would have brought it out."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()

    cancel_post(post.id, reason="内容重复", actor=APPROVER, storage=desk.storage)
    cancelled = desk.advance(post.id, after=60)

    assert desk.post(post.id).state is PostState.CANCELLED
    assert cancelled.state is DeliveryState.CANCELLED
    assert not desk.platform.asked


@pytest.mark.parametrize("is_held", [False, True], ids=["delivered", "accepted, then held"])
def test_what_is_public_cannot_be_cancelled(is_held: bool) -> None:
    """Cancelling would say that nothing went out."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.advance(post.id)
    if is_held:
        desk.change_delivery(post.id, state=DeliveryState.HELD, hold_reason="没有确认公开可见")

    with pytest.raises(IllegalMove):
        cancel_post(post.id, reason="内容重复", actor=APPROVER, storage=desk.storage)


@pytest.mark.parametrize("actor", [AUDITOR, WRITER, REVIEWER], ids=lambda a: a.name)
def test_who_may_not_schedule_may_not_hold_or_resume_either(actor: Actor) -> None:
    """Refused before anything is read."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()

    with pytest.raises(NotAllowed):
        schedule_post(post.id, at=LATER, actor=actor, storage=desk.storage, ids=desk.ids)
    with pytest.raises(NotAllowed):
        hold_post(post.id, reason="", actor=actor, storage=desk.storage)
    with pytest.raises(NotAllowed):
        resume_post(post.id, actor=actor, storage=desk.storage)
    with pytest.raises(NotAllowed):
        retry_delivery(post.id, actor=actor, tools=desk.publishing)


def test_a_second_push_on_a_day_is_refused_with_the_first_ones_time() -> None:
    """Told when it is planned, not by the platform on the day; another day is fine."""
    desk = Desk(make.rule(), accounts=[make.account(mode=Mode.MASS)])
    (first,) = desk.arrives_and_is_planned()
    (second,) = desk.arrives_and_is_planned(key="8", document_number="云政发〔2026〕8号")
    planned_beside = desk.post(second.id)
    soon, tomorrow = LATER + timedelta(minutes=5), LATER + timedelta(days=1)
    schedule_post(second.id, at=tomorrow, actor=EDITOR, storage=desk.storage, ids=desk.ids)
    schedule_post(first.id, at=LATER, actor=EDITOR, storage=desk.storage, ids=desk.ids)

    with pytest.raises(InvalidInput, match="12:00 已安排群发"):
        schedule_post(second.id, at=soon, actor=EDITOR, storage=desk.storage, ids=desk.ids)
    schedule_post(first.id, at=soon, actor=EDITOR, storage=desk.storage, ids=desk.ids)

    assert planned_beside.state is PostState.APPROVED
    assert "已安排群发" in planned_beside.hold_reason
    assert desk.post(second.id).hold_reason == ""
    assert desk.delivery(first.id).due_at == soon
    assert desk.delivery(second.id).due_at == tomorrow


def test_the_last_publication_of_a_day_is_for_an_emergency() -> None:
    """Two a day here: the second needs the word."""
    few = make.account(mode=Mode.PUBLISH, options={"quota_freepublish_submit": "2"})
    desk = Desk(make.rule(), accounts=[few])
    (first,) = desk.arrives_and_is_planned()
    (second,) = desk.arrives_and_is_planned(key="8", document_number="云政发〔2026〕8号")
    tools = {"actor": EDITOR, "storage": desk.storage, "ids": desk.ids}

    with pytest.raises(InvalidInput, match="留给紧急发布"):
        schedule_post(second.id, at=LATER, **tools)
    urgent = schedule_post(second.id, at=LATER, emergency=True, **tools)

    assert desk.post(first.id).state is PostState.SCHEDULED
    assert urgent.state is PostState.SCHEDULED
