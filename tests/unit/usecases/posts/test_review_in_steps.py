"""三审三校: who takes which step, deputies, comments, and what becomes of it after a change."""

from datetime import date

import pytest

from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.ids import UserId
from bot.domain.people import Role, User
from bot.domain.permissions import STEP_PERMISSIONS, Actor
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import THREE_STEPS, PostApproval, ReviewStep
from bot.domain.posts.review_log import ReviewEvent
from bot.usecases.people.deputies import end_deputy, name_deputy
from bot.usecases.posts.retitle_post import retitle_post
from bot.usecases.posts.review_post import (
    approve_post,
    comment_on_post,
    return_post,
    submit_post,
)
from bot.usecases.posts.schedule_post import schedule_post
from tests import factories as make
from tests.unit.usecases.posts.desk import APPROVER, EDITOR, REVIEWER, WRITER, Desk, accounts

SECOND_REVIEWER = Actor("周审核", frozenset({Role.REVIEWER}))
TODAY = make.NOW.date()


def in_review(review: PostApproval = PostApproval.THREE_STEPS) -> tuple[Desk, Post]:
    desk = Desk(make.rule(approval=review))
    for actor in (WRITER, EDITOR, REVIEWER, APPROVER, SECOND_REVIEWER):
        with desk.storage.begin() as uow:
            uow.people.add_user(User(UserId(actor.name), actor.name, actor.name, actor.roles, ""))
            uow.commit()
    (post,) = desk.arrives_and_is_planned()
    return desk, post


def approve(desk: Desk, post: Post, actor: Actor, comment: str = "") -> Post:
    shown = desk.post(post.id).content_hash
    return approve_post(
        post.id, content_hash=shown, actor=actor, storage=desk.storage, comment=comment
    )


def named(desk: Desk, deputy: Actor, principal: Actor, until: date = TODAY) -> None:
    name_deputy(
        deputy.name,
        since=TODAY,
        until=until,
        actor=principal,
        storage=desk.storage,
        ids=desk.ids,
    )


def test_three_steps_are_taken_in_order_each_by_its_role() -> None:
    """Editor, reviewer, approver; each line keeps person, time, words and hash."""
    desk, post = in_review()

    approve(desk, post, EDITOR)
    approve(desk, post, REVIEWER, "数字已核对")
    approved = approve(desk, post, APPROVER)

    assert approved.state is PostState.APPROVED
    with desk.storage.begin() as uow:
        lines = uow.reviews.of_post(post.id)
    assert [(line.step, line.by) for line in lines] == list(
        zip(THREE_STEPS, (EDITOR.name, REVIEWER.name, APPROVER.name), strict=True)
    )
    assert lines[1].text == "数字已核对"
    assert {line.content_hash for line in lines} == {post.content_hash}


@pytest.mark.parametrize("step", THREE_STEPS, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_a_role_takes_the_steps_it_is_granted(step: ReviewStep, role: Role) -> None:
    """The matrix of steps."""
    desk, post = in_review()
    for other, actor in zip(THREE_STEPS, (EDITOR, REVIEWER), strict=False):
        if other is step:
            break
        approve(desk, post, actor)
    actor = Actor("新人", frozenset({role}))

    if actor.may(STEP_PERMISSIONS[step]):
        approve(desk, post, actor)
    else:
        with pytest.raises(NotAllowed):
            approve(desk, post, actor)


def test_an_account_may_ask_for_more_than_the_rule() -> None:
    """The rule lets the release's approval count; this account does not."""
    strict = accounts(1, least_review=PostApproval.THREE_STEPS)
    desk = Desk(make.rule(), accounts=strict)

    (post,) = desk.arrives_and_is_planned()

    assert (post.state, post.steps) == (PostState.IN_REVIEW, THREE_STEPS)


def test_a_change_voids_every_step() -> None:
    """The new words are read from the beginning; the editor reads none of them."""
    desk, post = in_review()
    approve(desk, post, EDITOR)

    retitle_post(post.id, "办事时间优化", actor=EDITOR, tools=desk.tools)
    submit_post(post.id, actor=WRITER, storage=desk.storage)

    assert desk.post(post.id).next_step is ReviewStep.FIRST
    with pytest.raises(NotAllowed, match="改过这一稿"):
        approve(desk, post, EDITOR)


def test_an_edit_of_a_post_without_review_needs_one_person() -> None:
    """Approved with its release until somebody put a hand on it."""
    desk, post = in_review(PostApproval.RELEASE)
    assert post.is_approved_as_is

    retitle_post(post.id, "办事时间优化", actor=EDITOR, tools=desk.tools)
    submit_post(post.id, actor=EDITOR, storage=desk.storage)
    approved = approve(desk, post, REVIEWER)

    assert approved.state is PostState.APPROVED


def test_what_waits_for_a_step_cannot_be_scheduled() -> None:
    """Two of three people are not enough for any way out."""
    desk, post = in_review()
    approve(desk, post, EDITOR)
    approve(desk, post, REVIEWER)

    with pytest.raises(Exception, match="in_review"):
        schedule_post(
            post.id,
            at=make.after(60),
            actor=EDITOR,
            storage=desk.storage,
            ids=desk.ids,
        )


def test_a_deputy_signs_with_both_names() -> None:
    """A reviewer takes 终审 for the leader who is away; it is kept as such."""
    desk, post = in_review()
    approve(desk, post, EDITOR)
    approve(desk, post, REVIEWER)
    with pytest.raises(NotAllowed):
        approve(desk, post, SECOND_REVIEWER)
    named(desk, SECOND_REVIEWER, APPROVER)

    approved = approve(desk, post, SECOND_REVIEWER)

    assert approved.signatures[-1].on_behalf_of == APPROVER.name
    assert "deputy.named" in desk.actions()


def test_a_deputy_who_took_a_step_takes_no_other_for_somebody() -> None:
    """One person stays one person."""
    desk, post = in_review()
    named(desk, REVIEWER, APPROVER)
    approve(desk, post, EDITOR)
    approve(desk, post, REVIEWER)

    with pytest.raises(NotAllowed, match="已经做过复审"):
        approve(desk, post, REVIEWER)


def test_a_deputy_acts_only_within_their_days() -> None:
    """Not the day after, and not once it was taken back."""
    desk, post = in_review(PostApproval.FOUR_EYES)
    named(desk, EDITOR, REVIEWER)
    with desk.storage.begin() as uow:
        (deputy,) = uow.deputies.acting_for(EDITOR.name, day=TODAY)

    end_deputy(deputy.id, actor=REVIEWER, storage=desk.storage)

    with pytest.raises(NotAllowed):
        approve(desk, post, EDITOR)
    named(desk, EDITOR, REVIEWER)
    desk.clock.pass_seconds(86_400)
    with pytest.raises(NotAllowed):
        approve(desk, post, EDITOR)


@pytest.mark.parametrize(
    ("deputy", "principal", "field"),
    [(REVIEWER, REVIEWER, "deputy"), (EDITOR, WRITER, "principal")],
    ids=["oneself", "nothing to give"],
)
def test_a_naming_that_makes_no_sense_is_refused(
    deputy: Actor, principal: Actor, field: str
) -> None:
    """Each with what to do instead."""
    desk, _ = in_review()

    with pytest.raises(InvalidInput) as refused:
        named(desk, deputy, principal)

    assert [problem.field for problem in refused.value.problems] == [field]


def test_nobody_names_themselves_deputy_of_another() -> None:
    """Only who manages people names for others, and then a third person."""
    desk, _ = in_review()
    admin = Actor("钱管理", frozenset({Role.ACCOUNT_ADMIN}))

    for actor, deputy in ((EDITOR, EDITOR), (admin, admin)):
        with pytest.raises(NotAllowed):
            name_deputy(
                deputy.name,
                since=TODAY,
                until=TODAY,
                actor=actor,
                storage=desk.storage,
                ids=desk.ids,
                principal=APPROVER.name,
            )


def test_a_return_from_the_first_step_goes_to_the_writer() -> None:
    """The editor who reads first may return it, though not approve posts of one step."""
    desk, post = in_review()

    returned = return_post(post.id, reason="第二段金额有误", actor=EDITOR, tools=desk.tools)

    assert (returned.state, returned.hold_reason) == (PostState.DRAFT, "第二段金额有误")
    assert submit_post(post.id, actor=WRITER, storage=desk.storage).hold_reason == ""
    with desk.storage.begin() as uow:
        (returned_line, _) = uow.reviews.of_post(post.id)
    assert (returned_line.event, returned_line.text) == (ReviewEvent.RETURNED, "第二段金额有误")


def test_a_comment_decides_nothing() -> None:
    """It is kept; state and steps stay. Whoever neither writes nor reads posts makes none."""
    desk, post = in_review()

    comment_on_post(post.id, "封面颜色偏暗", actor=WRITER, storage=desk.storage)

    assert desk.post(post.id) == post
    with pytest.raises(InvalidInput):
        comment_on_post(post.id, " ", actor=WRITER, storage=desk.storage)
    with pytest.raises(NotAllowed):
        comment_on_post(
            post.id,
            "好",
            actor=Actor("周", frozenset({Role.DESK})),
            storage=desk.storage,
        )
