"""Who lets a finding stand, and that it is told."""

import pytest

from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import PostApproval
from bot.usecases.posts.justify_finding import justify_finding
from bot.usecases.posts.retitle_post import retitle_post
from bot.usecases.posts.review_post import submit_post
from tests import factories as make
from tests.unit.usecases.posts.desk import AUDITOR, REVIEWER, WRITER, Desk

WHY = "财政局已书面确认"


def with_a_wrong_title(title: str = "办事时间优化12项") -> tuple[Desk, Post]:
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES))
    (post,) = desk.arrives_and_is_planned()
    return desk, retitle_post(post.id, title, actor=WRITER, tools=desk.tools)


def number_of(post: Post, rule: str) -> int:
    return [violation.rule for violation in post.draft.violations].index(rule)


def test_a_title_with_a_figure_nobody_approved_is_not_submitted() -> None:
    """Until somebody says why it is right."""
    desk, post = with_a_wrong_title()
    with pytest.raises(InvalidInput, match="12项"):
        submit_post(post.id, actor=WRITER, storage=desk.storage)

    justify_finding(
        post.id,
        number_of(post, "fact_unfounded"),
        reason=WHY,
        content_hash=post.content_hash,
        actor=WRITER,
        storage=desk.storage,
    )

    submitted = submit_post(post.id, actor=WRITER, storage=desk.storage)
    assert submitted.state is PostState.IN_REVIEW
    assert "post.finding_justified" in desk.actions()


def test_the_word_survives_an_edit_elsewhere() -> None:
    """The same figure in another title of the same article is the same finding."""
    desk, post = with_a_wrong_title()
    number = number_of(post, "fact_unfounded")
    args = {"reason": WHY, "content_hash": post.content_hash, "storage": desk.storage}
    justify_finding(post.id, number, actor=WRITER, **args)

    edited = retitle_post(post.id, "优化办事时间12项", actor=WRITER, tools=desk.tools)

    assert edited.draft.violations[number_of(edited, "fact_unfounded")].justified == WHY


def test_a_grave_finding_waits_for_a_reviewer() -> None:
    desk, post = with_a_wrong_title("人民攻府办事时间优化")
    number = number_of(post, "state_name")
    args = {"reason": WHY, "content_hash": post.content_hash, "storage": desk.storage}

    with pytest.raises(NotAllowed):
        justify_finding(post.id, number, actor=WRITER, **args)

    justify_finding(post.id, number, actor=REVIEWER, **args)


def test_only_a_draft_that_was_seen_is_argued_for() -> None:
    desk, post = with_a_wrong_title()
    number = number_of(post, "fact_unfounded")

    with pytest.raises(InvalidInput, match="有改动"):
        justify_finding(
            post.id, number, reason=WHY, content_hash="x", actor=WRITER, storage=desk.storage
        )
    with pytest.raises(NotAllowed):
        justify_finding(
            post.id,
            number,
            reason=WHY,
            content_hash=post.content_hash,
            actor=AUDITOR,
            storage=desk.storage,
        )
