"""One withdrawal over all accounts, followed until nothing is public."""

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.errors import (
    Explanation,
    IllegalMove,
    InvalidInput,
    NotAllowed,
    NotPermitted,
    OutcomeUnknown,
    PlatformUnavailable,
)
from bot.domain.ids import AccountId, PostId
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, Actor, Permission
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.recall import CALL_SECONDS, MOST_TRIES, Recall, RecallState
from bot.domain.releases.release import ReleaseState
from bot.usecases.publishing.tools import AftercareTools
from bot.usecases.releases.recall_release import (
    foresee_recall,
    recall_release,
    settle_recalled,
    try_recalled_again,
)
from bot.usecases.releases.take_recalled_down import ring_recalled, take_recalled_down
from tests import factories as make
from tests.fakes.aftercare import ScriptedAftercare
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import APPROVER, EDITOR, Desk

REFUSED = NotPermitted(
    "no",
    code="48001",
    explanation=Explanation("账号没有删除的权限", "请到公众平台后台删除", "管理员"),
)


class Town:
    """Three accounts: one is out, one is out as a headline article, one only waits."""

    def __init__(self) -> None:
        weibo = make.account(
            id=AccountId("acc_2"), name="微博", platform=PlatformName.WEIBO, mode=Mode.ARTICLE
        )
        later = make.account(id=AccountId("acc_3"), name="另一个")
        self.desk = Desk(
            make.rule("acc_1", "acc_2", "acc_3"), accounts=[make.account(), weibo, later]
        )
        self.wechat = ScriptedAftercare()
        self.bell = RecordingDoorbell()
        self.tools = AftercareTools(self.desk.publishing, {PlatformName.WECHAT: self.wechat})
        posts = {post.account: post for post in self.desk.arrives_and_is_planned()}
        self.out, self.weibo, self.waits = (
            posts[AccountId(f"acc_{number}")].id for number in (1, 2, 3)
        )
        for post in (self.out, self.weibo):
            self.desk.advance(post)
        self.release = posts[AccountId("acc_1")].release

    def recall(self, actor: Actor = APPROVER, reason: str = "数字有误") -> Recall:
        return recall_release(
            self.release,
            reason=reason,
            actor=actor,
            tools=self.tools,
            ids=self.desk.ids,
            doorbell=self.bell,
        )

    def works(self, recall: Recall) -> Recall:
        """The workers that were rung come by once."""
        rung, self.bell.recalled = self.bell.recalled, []
        for recall_id, post in rung:
            take_recalled_down(recall_id, post, self.tools)
        with self.desk.storage.begin() as uow:
            return uow.recalls.get(recall.id)

    def again(self, recall: Recall, *, after: float) -> Recall:
        """So many seconds later the periodic job looks for what is due, and its workers come."""
        self.desk.clock.pass_seconds(after)
        ring_recalled(storage=self.desk.storage, doorbell=self.bell)
        return self.works(recall)

    def states(self, recall: Recall) -> dict[PostId, RecallState]:
        return {each.post: each.state for each in recall.posts}


@pytest.fixture
def town() -> Town:
    """What is told above."""
    return Town()


def test_what_it_would_do_is_told_before(town: Town) -> None:
    """By us, by hand, or only cancelled; nothing happens."""
    foreseen = {each.post.id: each.state for each in foresee_recall(town.release, town.tools)}

    assert foreseen == {
        town.out: RecallState.WAITING,
        town.weibo: RecallState.BY_HAND,
        town.waits: None,
    }
    assert town.wechat.taken_down == []


def test_one_deed_cancels_takes_down_and_lists_the_rest(town: Town) -> None:
    """The release is withdrawn; what a person must do stays open. No platform is asked before the
    one who recalls has their answer."""
    asked = town.recall()
    assert town.wechat.taken_down == []
    assert town.states(asked)[town.out] is RecallState.WAITING

    recall = town.works(asked)

    assert town.states(recall) == {
        town.out: RecallState.REMOVED,
        town.weibo: RecallState.BY_HAND,
    }
    assert town.desk.post(town.waits).state is PostState.CANCELLED
    assert town.desk.delivery(town.out).state is DeliveryState.REMOVED
    assert (recall.left, recall.is_open, recall.reason) == (1, True, "数字有误")
    with town.desk.storage.begin() as uow:
        assert uow.releases.get(town.release).state is ReleaseState.WITHDRAWN


def test_it_closes_with_the_last_account(town: Town) -> None:
    """A person says that it is gone on Weibo; the post's delivery says so too."""
    recall = town.works(town.recall())

    done = settle_recalled(recall.id, town.weibo, actor=APPROVER, tools=town.tools, note="已删")

    assert not done.is_open
    assert done.posts[-1].settled_by == APPROVER.name
    assert town.desk.delivery(town.weibo).state is DeliveryState.REMOVED
    with pytest.raises(IllegalMove):
        settle_recalled(recall.id, town.weibo, actor=APPROVER, tools=town.tools)


def test_a_platforms_refusal_is_told_and_can_be_tried_again(town: Town) -> None:
    """The cause stands beside the account; another try, of what is ours, may succeed."""
    town.wechat.refuses[AccountId("acc_1")] = REFUSED
    recall = town.works(town.recall())
    town.wechat.refuses.clear()

    asked = try_recalled_again(recall.id, actor=APPROVER, tools=town.tools, doorbell=town.bell)
    again = town.works(recall)

    (refused, _) = recall.posts
    assert (refused.state, refused.note[:9]) == (RecallState.BY_HAND, "账号没有删除的权限")
    assert town.states(asked)[town.weibo] is RecallState.BY_HAND
    assert town.states(again)[town.out] is RecallState.REMOVED


@pytest.mark.parametrize("error", [PlatformUnavailable("busy"), OutcomeUnknown("cut")])
def test_what_the_platform_does_not_answer_is_tried_again_by_itself(
    town: Town, error: PlatformUnavailable | OutcomeUnknown
) -> None:
    """Later and later; taking down what is down already is no error."""
    town.wechat.refuses[AccountId("acc_1")] = error
    recall = town.works(town.recall())
    town.wechat.refuses.clear()

    too_soon = town.again(recall, after=0.5)
    in_time = town.again(recall, after=10)

    assert town.states(too_soon)[town.out] is RecallState.WAITING
    assert town.states(in_time)[town.out] is RecallState.REMOVED


def test_after_an_hour_without_an_answer_a_person_is_asked(town: Town) -> None:
    """Nothing tries for ever behind everybody's back."""
    town.wechat.refuses[AccountId("acc_1")] = PlatformUnavailable("busy")
    recall = town.works(town.recall())

    for _ in range(MOST_TRIES):
        recall = town.again(recall, after=900)

    assert recall.posts[0].state is RecallState.BY_HAND
    assert recall.posts[0].tries == MOST_TRIES


def test_two_workers_never_ask_for_the_same_post_at_once(town: Town) -> None:
    """A ring that comes twice finds it under way; one whose worker is lost is taken up again."""
    recall = town.recall()
    town.wechat.dies = True
    with pytest.raises(RuntimeError):
        town.works(recall)
    town.wechat.dies = False

    town.again(recall, after=1)
    assert town.wechat.taken_down == []
    town.again(recall, after=CALL_SECONDS)
    town.again(recall, after=CALL_SECONDS)

    assert town.wechat.taken_down == [AccountId("acc_1")]


def test_what_a_person_settled_meanwhile_counts(town: Town) -> None:
    """The worker finds it done and asks nobody."""
    recall = town.recall()
    settle_recalled(recall.id, town.out, actor=APPROVER, tools=town.tools)

    done = town.works(recall)

    assert town.states(done)[town.out] is RecallState.DONE_BY_HAND
    assert town.wechat.taken_down == []


def test_a_recall_needs_a_reason(town: Town) -> None:
    """It is asked for years later."""
    with pytest.raises(InvalidInput, match="原因"):
        town.recall(reason=" ")


@pytest.mark.parametrize("role", Role)
def test_only_who_may_withdraw_recalls(town: Town, role: Role) -> None:
    """Whoever edits does not decide this."""
    actor = Actor("某人", frozenset({role}))

    if Permission.WITHDRAW in GRANTS[role]:
        assert town.recall(actor).by == "某人"
    else:
        with pytest.raises(NotAllowed):
            town.recall(actor)


def test_an_editor_closes_nothing(town: Town) -> None:
    """Neither by hand nor by another try."""
    recall = town.recall()

    with pytest.raises(NotAllowed):
        settle_recalled(recall.id, town.weibo, actor=EDITOR, tools=town.tools)
    with pytest.raises(NotAllowed):
        try_recalled_again(recall.id, actor=EDITOR, tools=town.tools, doorbell=town.bell)
