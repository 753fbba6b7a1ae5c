"""Publishing at once: who is asked what, and the fifteen seconds in which nothing is sent."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.ids import AccountId
from bot.domain.permissions import Actor
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.posts.rules import PostApproval
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Failure
from bot.domain.publishing.quiet import AtEnd
from bot.usecases.accounts.stop import stop_publishing
from bot.usecases.posts.hold_post import hold_post
from bot.usecases.posts.publish_now import foresee_now, publish_now
from bot.usecases.posts.review_post import approve_post
from bot.usecases.posts.schedule_post import schedule_post
from bot.usecases.posts.undo_now import Undone, undo_now
from bot.usecases.publishing.keep_quiet import QuietWish, declare_quiet
from tests import factories as make
from tests.unit.usecases.posts.desk import (
    APPROVER,
    AUDITOR,
    EDITOR,
    REVIEWER,
    WRITER,
    Desk,
    accounts,
)

IN_STEP = RolloutPolicy.ALL_OR_NOTHING


def office(*, number: int = 1, **rule: Any) -> tuple[Desk, list[Post]]:
    """A release's approved posts without a time, on so many accounts."""
    opened = accounts(*range(1, number + 1))
    names = [account.id for account in opened]
    approval = PostApproval.FOUR_EYES
    desk = Desk(make.rule(*names, approval=approval, **rule), accounts=opened)
    posts = desk.arrives_and_is_planned()
    for post in posts:
        approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)
    return desk, posts


def press(desk: Desk, posts: Sequence[Post], *, actor: Actor = EDITOR) -> Sequence[Post]:
    shown = {post.id: post.content_hash for post in posts}
    return publish_now(shown, actor=actor, tools=desk.publishing, ids=desk.ids)


def take_back(desk: Desk, post: Post, *, actor: Actor = EDITOR) -> Undone:
    return undo_now(post.id, actor=actor, tools=desk.publishing)


def refusal(desk: Desk, post: Post) -> str:
    """Why the first candidate cannot go out now."""
    return foresee_now(post.id, actor=EDITOR, tools=desk.publishing).candidates[0].refusal


def test_nothing_is_sent_for_fifteen_seconds_and_then_it_goes_out() -> None:
    """A worker that comes too early finds nothing to do."""
    desk, (post,) = office()

    press(desk, [post])
    waiting = desk.advance(post.id, after=14)
    calls_before = list(desk.platform.asked)
    out = desk.advance(post.id, after=1)

    assert waiting.state is DeliveryState.WAITING
    assert calls_before == []
    assert out.state is DeliveryState.DELIVERED
    assert "post.published_now" in desk.actions()


def test_a_post_that_waited_for_its_time_goes_out_now_without_a_second_delivery() -> None:
    """Its delivery gets another time."""
    desk, (post,) = office()
    schedule_post(post.id, at=make.after(7200), actor=EDITOR, storage=desk.storage, ids=desk.ids)

    press(desk, [desk.post(post.id)])

    with desk.storage.begin() as uow:
        (delivery,) = uow.deliveries.of_post(post.id)
    assert delivery.due_at == delivery.next_at == make.after(15)


def test_undone_in_time_it_is_approved_as_before_and_can_be_published_later() -> None:
    """No worker finds it; the approval is of the content, so it holds."""
    desk, (post,) = office()
    press(desk, [post])

    desk.clock.pass_seconds(14)
    undone = take_back(desk, post)
    desk.advance(post.id, after=60)
    left, calls = desk.post(post.id), list(desk.platform.asked)
    press(desk, [left])
    out = desk.advance(post.id, after=15)

    assert [one.id for one in undone.kept] == [post.id]
    assert undone.going == []
    assert (left.state, left.due_at, left.is_approved_as_is) == (PostState.APPROVED, None, True)
    assert calls == []
    assert out.state is DeliveryState.DELIVERED
    assert "post.publishing_undone" in desk.actions()


def test_what_has_begun_is_not_undone() -> None:
    """The sentence says so; the post goes its way."""
    desk, (post,) = office()
    press(desk, [post])
    desk.advance(post.id, after=15)

    with pytest.raises(Conflict, match="没有撤销"):
        take_back(desk, post)

    assert desk.post(post.id).state is PostState.SCHEDULED


def test_a_post_that_waits_for_its_time_is_not_undone() -> None:
    """It is held, which keeps its time."""
    desk, (post,) = office()
    schedule_post(post.id, at=make.after(7200), actor=EDITOR, storage=desk.storage, ids=desk.ids)

    with pytest.raises(Conflict, match="没有撤销"):
        take_back(desk, post)


def test_what_was_pressed_together_is_undone_together() -> None:
    """Where a worker was faster with one, the other is saved all the same, and both are named."""
    desk, posts = office(number=2)
    press(desk, posts)
    desk.advance(posts[0].id, after=15)

    undone = take_back(desk, posts[0])

    assert [one.id for one in undone.kept] == [posts[1].id]
    assert [one.id for one in undone.going] == [posts[0].id]


def test_in_step_nobody_goes_alone() -> None:
    """Not while another of the rollout is neither out nor cancelled."""
    desk, posts = office(number=2, policy=IN_STEP)

    with pytest.raises(InvalidInput, match="一起发布"):
        press(desk, posts[:1])
    press(desk, posts)

    assert foresee_now(posts[0].id, actor=EDITOR, tools=desk.publishing).in_step
    assert {desk.delivery(post.id).due_at for post in posts} == {make.after(15)}


def test_what_changed_since_it_was_shown_stays() -> None:
    """And with it everything else of the same press."""
    desk, posts = office(number=2)
    shown = {posts[0].id: posts[0].content_hash, posts[1].id: "another"}

    with pytest.raises(InvalidInput, match="有改动"):
        publish_now(shown, actor=EDITOR, tools=desk.publishing, ids=desk.ids)

    assert desk.post(posts[0].id).state is PostState.APPROVED


def test_nothing_chosen_publishes_nothing() -> None:
    """A form without a tick."""
    desk, _ = office()

    with pytest.raises(InvalidInput, match="至少选择一个账号"):
        press(desk, [])


def test_two_releases_do_not_go_in_one_press() -> None:
    """Whoever undoes one would undo the other."""
    desk, (first,) = office()
    other = desk.arrives_and_is_planned(key="8", document_number="云岭政办发〔2026〕8号")[0]
    approve_post(other.id, content_hash=other.content_hash, actor=REVIEWER, storage=desk.storage)

    with pytest.raises(InvalidInput, match="分别发布"):
        press(desk, [first, other])


@pytest.mark.parametrize("actor", [WRITER, REVIEWER, AUDITOR], ids=lambda actor: actor.name)
def test_who_may_not_schedule_may_neither_publish_nor_undo(actor: Actor) -> None:
    """Nor ask what would happen."""
    desk, (post,) = office()

    with pytest.raises(NotAllowed):
        press(desk, [post], actor=actor)
    with pytest.raises(NotAllowed):
        foresee_now(post.id, actor=actor, tools=desk.publishing)
    press(desk, [post], actor=APPROVER)
    with pytest.raises(NotAllowed):
        take_back(desk, post, actor=actor)


def _stop_all(desk: Desk, _post: Post) -> None:
    stop_publishing(None, actor=EDITOR, storage=desk.storage)


def _stop_one(desk: Desk, _post: Post) -> None:
    stop_publishing("账号1", actor=EDITOR, storage=desk.storage)


def _hold(desk: Desk, post: Post) -> None:
    hold_post(post.id, reason="等通知", actor=EDITOR, storage=desk.storage)


def _trouble(desk: Desk, _post: Post) -> None:
    failure = Failure("AccountSuspended", cause="账号被冻结")
    with desk.storage.begin() as uow:
        uow.accounts.save_trouble(AccountTrouble(AccountId("acc_1"), make.NOW, failure))
        uow.commit()


def _silence(desk: Desk, _post: Post) -> None:
    wish = QuietWish(None, make.NOW, make.after(3600), "哀悼日", AtEnd.HOLD)
    declare_quiet(wish, actor=EDITOR, storage=desk.storage, ids=desk.ids)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (_stop_all, "全部账号已紧急停发"),
        (_stop_one, "这个账号已紧急停发"),
        (_hold, "稿件已暂停"),
        (_trouble, "账号被冻结"),
        (_silence, "静默期"),
    ],
)
def test_what_would_keep_it_is_said_before(happens: Any, words: str) -> None:
    """“At once” is not pressed in vain: the page says why, and the deed refuses."""
    desk, (post,) = office()
    happens(desk, post)

    assert words in refusal(desk, post)
    with pytest.raises(InvalidInput, match=words):
        press(desk, [post])


def test_before_the_embargo_nothing_is_published() -> None:
    """Whatever was approved."""
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES))
    (post,) = desk.arrives_and_is_planned(release_at=make.after(7200))
    approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)

    assert "解禁" in refusal(desk, post)


def test_a_push_that_the_platform_does_not_allow_today_is_refused() -> None:
    """The second of a day."""
    opened = accounts(1, mode=Mode.MASS)
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES), accounts=opened)
    (first,) = desk.arrives_and_is_planned()
    (second,) = desk.arrives_and_is_planned(key="8", document_number="云岭政办发〔2026〕8号")
    for post in (first, second):
        approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)
    press(desk, [first])

    assert "每天只允许群发 1 次" in refusal(desk, second)
