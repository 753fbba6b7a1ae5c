"""All posts of a rollout to another time: every one of them, or none."""

from datetime import time, timedelta

import pytest

from bot.domain.accounts.account import Mode, QuietHours
from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.ids import AccountId, PostId
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import PostApproval, ReviewStep
from bot.domain.publishing.delivery import DeliveryState
from bot.usecases.posts.hold_post import hold_post
from bot.usecases.posts.move_together import ForeseenTogether, foresee_together, move_together
from bot.usecases.posts.schedule_post import schedule_post
from tests import factories as make
from tests.unit.usecases.posts.desk import EDITOR, WRITER, Desk, accounts

LATER = make.after(7200)
ALL = (AccountId("acc_1"), AccountId("acc_2"), AccountId("acc_3"))


def planned(*approvals: PostApproval, **of_accounts: object) -> tuple[Desk, list[Post]]:
    """Three accounts, each with a rule of its own."""
    asked = approvals or (PostApproval.RELEASE,) * 3
    rules = [
        make.rule(id=f"rule_{n}", accounts=(account,), approval=approval)
        for n, (account, approval) in enumerate(zip(ALL, asked, strict=True))
    ]
    desk = Desk(*rules, accounts=accounts(1, 2, 3, **of_accounts))
    return desk, desk.arrives_and_is_planned()


def foreseen(desk: Desk, posts: list[Post], at: object = LATER) -> ForeseenTogether:
    return foresee_together(posts[0].rollout, at, actor=EDITOR, storage=desk.storage)  # type: ignore[arg-type]


def move(desk: Desk, posts: list[Post], **changes: object) -> None:
    wanted = {"at": LATER, "seen": [post.id for post in posts], "actor": EDITOR} | changes
    move_together(posts[0].rollout, storage=desk.storage, ids=desk.ids, **wanted)  # type: ignore[arg-type]


def times(desk: Desk, posts: list[Post]) -> list[object]:
    return [desk.post(post.id).due_at for post in posts]


def test_all_that_has_not_gone_out_moves_and_stays_approved() -> None:
    """Scheduled ones with their deliveries, those in review in the plan only."""
    desk, posts = planned(PostApproval.RELEASE, PostApproval.FOUR_EYES, PostApproval.RELEASE)

    move(desk, posts)

    first, second, _ = (desk.post(post.id) for post in posts)
    assert times(desk, posts) == [LATER] * 3
    assert (first.state, first.is_approved_as_is) == (PostState.SCHEDULED, True)
    assert desk.delivery(posts[0].id).due_at == LATER
    assert second.state is PostState.IN_REVIEW
    with desk.storage.begin() as uow:
        assert uow.posts.rollout(first.rollout).due_at == LATER
        assert uow.deliveries.of_post(second.id) == []
    assert desk.actions()[-4:] == [
        "post.scheduled",
        "post.planned",
        "post.scheduled",
        "rollout.moved",
    ]


def test_what_is_out_is_left_alone_and_told() -> None:
    """It is not shown as moving, and its time stays what it was."""
    desk, posts = planned()
    desk.change_delivery(posts[0].id, state=DeliveryState.DELIVERED, accepted_at=make.NOW)

    told = foreseen(desk, posts)
    move(desk, posts, seen=[post.id for post in posts[1:]])

    assert told.gone == 1
    assert times(desk, posts) == [posts[0].due_at, LATER, LATER]


def test_one_account_without_a_place_keeps_all_where_they_are() -> None:
    """The refusal names the account; nothing is half moved, nothing is written down."""
    desk, posts = planned(mode=Mode.MASS)
    others = desk.arrives_and_is_planned(key="8", document_number="云岭政办发〔2026〕8号")
    (other,) = [post for post in others if post.account == ALL[1]]
    day = make.NOW + timedelta(days=2)
    schedule_post(other.id, at=day, actor=EDITOR, storage=desk.storage, ids=desk.ids)
    before = times(desk, posts)

    told = foreseen(desk, posts, day)
    with pytest.raises(InvalidInput, match=r"账号2：.*已安排群发"):
        move(desk, posts, at=day)

    assert [bool(one.refusal) for one in told.members] == [False, True, False]
    assert not told.is_possible
    assert times(desk, posts) == before
    assert "rollout.moved" not in desk.actions()


def test_conflicts_are_told_account_by_account() -> None:
    """Quiet hours, an embargo, and less time than the review needs."""
    quiet = QuietHours(time(0), time(23, 59))
    desk, posts = planned(*(PostApproval.THREE_STEPS,) * 3, quiet_hours=quiet)
    soon = make.after(60 * 60)

    told = foreseen(desk, posts, soon).members[0]

    assert "免打扰时段" in told.conflicts[0].message
    assert told.steps == (ReviewStep.FIRST, ReviewStep.SECOND, ReviewStep.FINAL)
    assert told.is_short_of_review
    assert not foreseen(desk, posts, make.after(90 * 60)).members[0].is_short_of_review


def test_what_somebody_held_stays_held_at_its_new_time() -> None:
    """Moving is no word about why it was held."""
    desk, posts = planned()
    hold_post(posts[0].id, reason="核对数字", actor=EDITOR, storage=desk.storage)

    move(desk, posts)

    held = desk.post(posts[0].id)
    assert (held.state, held.due_at, held.hold_reason) == (PostState.HELD, LATER, "核对数字")
    assert desk.delivery(held.id).state is DeliveryState.HELD
    assert desk.delivery(held.id).due_at == LATER


def test_others_than_those_that_were_seen_are_not_moved() -> None:
    """Somebody sent one meanwhile, or another came in."""
    desk, posts = planned()

    with pytest.raises(InvalidInput, match="有了变化"):
        move(desk, posts, seen=[posts[0].id, PostId("pst_x")])

    assert LATER not in times(desk, posts)


def test_a_time_that_has_passed_is_refused() -> None:
    """In one line, not once an account."""
    desk, posts = planned()

    with pytest.raises(InvalidInput) as refused:
        move(desk, posts, at=make.after(-3600))

    assert len(refused.value.problems) == 1


def test_only_who_may_schedule_moves() -> None:
    """Nobody else sees what would happen either."""
    desk, posts = planned()

    with pytest.raises(NotAllowed):
        move(desk, posts, actor=WRITER)
    with pytest.raises(NotAllowed):
        foresee_together(posts[0].rollout, None, actor=WRITER, storage=desk.storage)
