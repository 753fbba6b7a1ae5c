"""Four eyes on exactly what will be sent."""

import pytest

from bot.domain.errors import IllegalMove, InvalidInput, NotAllowed
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.posts.draft import Violation
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import PostApproval
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.usecases.posts.hold_post import hold_post
from bot.usecases.posts.retitle_post import retitle_post
from bot.usecases.posts.review_post import approve_post, return_post, submit_post
from bot.usecases.publishing.resolve_delivery import retry_delivery
from tests import factories as make
from tests.unit.usecases.posts.desk import EDITOR, REVIEWER, WRITER, Desk

BOTH = Actor("周一人", frozenset({Role.WRITER, Role.REVIEWER}))


def in_review() -> tuple[Desk, Post]:
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES))
    (post,) = desk.arrives_and_is_planned()
    return desk, post


def test_approval_is_bound_to_what_the_reviewer_saw() -> None:
    """Approved with the hash of the content, by name."""
    desk, post = in_review()

    approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)

    approved = desk.post(post.id)
    assert approved.state is PostState.APPROVED
    assert approved.is_approved_as_is
    assert approved.approved_by == REVIEWER.name


def test_a_post_that_changed_since_it_was_shown_is_not_approved() -> None:
    """The reviewer looks again."""
    desk, post = in_review()

    with pytest.raises(InvalidInput, match="有改动"):
        approve_post(post.id, content_hash="another", actor=REVIEWER, storage=desk.storage)


def test_nobody_approves_what_they_submitted() -> None:
    """Four eyes, even for somebody with both roles."""
    desk, post = in_review()
    return_post(post.id, reason="请改标题", actor=REVIEWER, tools=desk.tools)
    submit_post(post.id, actor=BOTH, storage=desk.storage)

    with pytest.raises(NotAllowed, match="自己的稿件"):
        approve_post(post.id, content_hash=post.content_hash, actor=BOTH, storage=desk.storage)


def test_blocking_findings_stop_submission_and_approval() -> None:
    """Each finding is told with its place."""
    desk, post = in_review()
    blocked = make.draft()
    finding = Violation("title", "标题超过 32 个字", "第 1 篇")
    desk.change_post(post.id, draft=type(blocked)(post.draft.content, (finding,)))

    with pytest.raises(InvalidInput, match="第 1 篇：标题超过"):
        approve_post(post.id, content_hash=post.content_hash, actor=REVIEWER, storage=desk.storage)
    desk.change_post(post.id, state=PostState.DRAFT)
    with pytest.raises(InvalidInput, match="第 1 篇：标题超过"):
        submit_post(post.id, actor=WRITER, storage=desk.storage)


def test_a_return_says_why_and_voids_the_approval() -> None:
    """Without a reason the writer would not know what to do."""
    desk, post = in_review()
    with pytest.raises(InvalidInput):
        return_post(post.id, reason=" ", actor=REVIEWER, tools=desk.tools)

    returned = return_post(post.id, reason="请改标题", actor=REVIEWER, tools=desk.tools)

    assert returned.state is PostState.DRAFT
    assert returned.approved_hash is None
    assert returned.hold_reason == "请改标题"


@pytest.mark.parametrize("actor", [WRITER, EDITOR], ids=lambda a: a.name)
def test_only_reviewers_review(actor: Actor) -> None:
    """By role, before anything is read."""
    desk, post = in_review()

    with pytest.raises(NotAllowed):
        approve_post(post.id, content_hash=post.content_hash, actor=actor, storage=desk.storage)


def refused_by_the_platform(outcome: Outcome, error: str) -> tuple[Desk, Post]:
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.tried(post.id, outcome, error=error)
    desk.change_delivery(post.id, state=DeliveryState.HELD, next_at=None)
    return desk, post


def test_a_title_the_platform_refused_can_be_changed() -> None:
    """A refusal proves that nothing is public: a new revision starts anew."""
    desk, post = refused_by_the_platform(Outcome.REFUSED, "ContentRejected")

    edited = retitle_post(post.id, "办事时间优化", actor=EDITOR, tools=desk.tools)

    assert edited.revision == post.revision + 1
    assert edited.state is PostState.DRAFT
    assert edited.approved_hash is None
    assert desk.delivery(post.id).state is DeliveryState.CANCELLED


@pytest.mark.parametrize(
    ("outcome", "error"),
    [(Outcome.UNKNOWN, "OutcomeUnknown"), (Outcome.REFUSED, "PartlyDone"), (Outcome.DONE, "")],
    ids=["unknown", "partly public", "accepted, not seen"],
)
def test_what_may_be_public_is_not_edited_into_a_second_post(outcome: Outcome, error: str) -> None:
    """A new revision would be sent beside the first; a person must say first that it is not
    there."""
    desk, post = refused_by_the_platform(outcome, error)

    with pytest.raises(IllegalMove):
        retitle_post(post.id, "办事时间优化", actor=EDITOR, tools=desk.tools)
    with pytest.raises(IllegalMove):
        return_post(post.id, reason="请改标题", actor=REVIEWER, tools=desk.tools)


def test_a_title_that_is_still_too_long_is_not_stored() -> None:
    """The limit and the length are told; the post stays as it was."""
    desk, post = in_review()

    with pytest.raises(InvalidInput, match="标题有 33 字，平台最多 32 字"):
        retitle_post(post.id, "长" * 33, actor=WRITER, tools=desk.tools)

    assert desk.post(post.id) == post


def test_a_held_post_can_be_returned_and_forgets_that_it_was_held() -> None:
    """It is a draft again; resuming it would bring an unapproved post back."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    hold_post(post.id, reason="等领导意见", actor=EDITOR, storage=desk.storage)

    returned = return_post(post.id, reason="请改标题", actor=REVIEWER, tools=desk.tools)

    assert returned.state is PostState.DRAFT
    assert returned.held_from is None
    assert desk.delivery(post.id).state is DeliveryState.CANCELLED


def test_what_is_being_sent_is_not_returned() -> None:
    """The call that runs may bring it out any moment."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.change_delivery(post.id, state=DeliveryState.RUNNING)

    with pytest.raises(IllegalMove):
        return_post(post.id, reason="请改标题", actor=REVIEWER, tools=desk.tools)


def test_after_a_person_said_it_is_not_public_it_may_be_edited() -> None:
    """The doubt is settled by somebody's word."""
    desk, post = refused_by_the_platform(Outcome.UNKNOWN, "OutcomeUnknown")
    retry_delivery(post.id, actor=EDITOR, tools=desk.publishing)

    edited = retitle_post(post.id, "办事时间优化", actor=EDITOR, tools=desk.tools)

    assert edited.state is PostState.DRAFT
