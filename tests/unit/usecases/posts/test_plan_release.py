"""Planning: who gets a post, in which state, and what a new version changes."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.accounts.account import QuietHours
from bot.domain.ids import AccountId, PostId, ReleaseId, RuleId
from bot.domain.permissions import SYSTEM
from bot.domain.posts.draft import DraftContent, Violation
from bot.domain.posts.post import PostKind, PostState
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.related import Relation
from bot.domain.releases.release import (
    DisclosureAttribute,
    Finding,
    Interpretation,
    InterpretationKind,
    ReleaseState,
)
from bot.usecases.posts.plan_release import plan_release
from bot.usecases.releases.withdraw_release import withdraw_release
from tests import factories as make
from tests.unit.usecases.posts.desk import Desk, accounts

EARLY = Interpretation("政策问答", InterpretationKind.QA, make.document("答：可以。"))
LATE = Interpretation("二次解读", InterpretationKind.TEXT, make.document("实施一年来。"))
CORRECTED = make.document("更正后的正文。")


def test_the_releases_approval_schedules_an_unchanged_template_result() -> None:
    """Rule `release`: approved by who approved the document, delivered at its time."""
    desk = Desk(make.rule())

    (post,) = desk.arrives_and_is_planned()

    assert post.state is PostState.SCHEDULED
    assert post.approved_by == "王审核"
    assert post.is_approved_as_is
    assert desk.delivery(post.id).state is DeliveryState.WAITING
    assert desk.actions() == ["release.accepted", "rollout.planned"]


def test_four_eyes_wait_for_a_reviewer() -> None:
    """Rule `four_eyes`: in review, and nothing is on its way."""
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES))

    (post,) = desk.arrives_and_is_planned()

    assert post.state is PostState.IN_REVIEW
    assert post.approved_hash is None
    with desk.storage.begin() as uow:
        assert not uow.deliveries.of_post(post.id)


def test_a_blocking_finding_makes_a_draft_whatever_the_rule() -> None:
    """No further approval is only for a result without blocking findings."""
    desk = Desk(make.rule())
    desk.platform.violation = Violation("title", "标题超过 32 个字，请缩短")

    (post,) = desk.arrives_and_is_planned()

    assert post.state is PostState.DRAFT
    assert "title" in {violation.rule for violation in post.draft.violations}


@pytest.mark.parametrize(("code", "goes_out"), [("site_chrome", False), ("page_marks", True)])
def test_text_that_may_not_belong_waits_for_a_persons_look(code: str, goes_out: bool) -> None:
    """A site's menu left in the text must not be published on the release's approval alone."""
    desk = Desk(make.rule())

    (post,) = desk.arrives_and_is_planned(findings=(Finding(code, "请核对"),))

    assert (post.state is PostState.SCHEDULED) == goes_out
    assert post.state in {PostState.SCHEDULED, PostState.IN_REVIEW}


def test_the_embargo_is_the_earliest_moment() -> None:
    """Nothing is due before the office lets it go."""
    desk = Desk(make.rule())

    (post,) = desk.arrives_and_is_planned(release_at=make.after(3600))

    assert desk.delivery(post.id).due_at == make.after(3600)


def test_quiet_hours_move_a_post_to_their_end() -> None:
    """Midnight releases wait for the morning: 07:00 in Beijing is 23:00 UTC."""
    quiet = accounts(1, quiet_hours=QuietHours(time(22), time(7)))
    desk = Desk(make.rule(), accounts=quiet)
    at_night = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)

    (post,) = desk.arrives_and_is_planned(release_at=at_night)

    assert desk.delivery(post.id).due_at == datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


def test_without_a_matching_rule_the_rollout_is_empty() -> None:
    """The gap is visible; planning is not asked for again."""
    desk = Desk(make.rule(topics=("农业",)))
    release = desk.arrives(topic="教育").release

    first, again = plan_release(release.id, desk.tools), plan_release(release.id, desk.tools)

    assert first is not None
    assert again is None
    assert not desk.posts(release.id)


def test_what_is_not_proactively_disclosed_goes_nowhere() -> None:
    """依申请公开 never becomes a post, whatever a rule says."""
    desk = Desk(make.rule())

    assert not desk.arrives_and_is_planned(disclosure=DisclosureAttribute.ON_REQUEST)


def test_a_release_is_planned_once() -> None:
    """Two workers that were rung make one rollout."""
    desk = Desk(make.rule())
    release = desk.arrives().release

    plan_release(release.id, desk.tools)
    plan_release(release.id, desk.tools)

    assert len(desk.posts(release.id)) == 1


def test_what_waits_for_approval_is_not_planned() -> None:
    """Received is not approved."""
    desk = Desk(make.rule())
    release = desk.arrives(approval=None).release

    assert plan_release(release.id, desk.tools) is None


def test_one_rule_that_wants_all_or_nothing_binds_the_rollout() -> None:
    """三同步 is for everybody who goes out with it."""
    desk = Desk(
        make.rule("acc_1"),
        make.rule("acc_2", id=RuleId("rule_2"), policy=RolloutPolicy.ALL_OR_NOTHING),
        accounts=accounts(1, 2),
    )

    posts = desk.arrives_and_is_planned()

    with desk.storage.begin() as uow:
        rollout = uow.posts.rollout(posts[0].rollout)
    assert [p.account for p in posts] == ["acc_1", "acc_2"]
    assert rollout.policy is RolloutPolicy.ALL_OR_NOTHING


def test_a_new_version_takes_the_place_of_what_was_not_out() -> None:
    """The old post is cancelled with its delivery; the new one is on its way."""
    desk = Desk(make.rule())
    (old,) = desk.arrives_and_is_planned()

    (new,) = desk.arrives_and_is_planned(body=CORRECTED)

    assert desk.post(old.id).state is PostState.CANCELLED
    assert desk.delivery(old.id).state is DeliveryState.CANCELLED
    assert new.state is PostState.SCHEDULED
    assert new.release_version == 2


def test_an_account_where_the_old_version_is_out_gets_no_second_post() -> None:
    """Corrections on a public account are a person's decision; other accounts get theirs."""
    desk = Desk(make.rule("acc_1", "acc_2"), accounts=accounts(1, 2))
    first, _second = desk.arrives_and_is_planned()
    desk.advance(first.id)

    posts = desk.arrives_and_is_planned(body=CORRECTED)

    assert [p.account for p in posts] == ["acc_2"]


def test_an_added_interpretation_follows_where_the_document_is_live() -> None:
    """Only what is new, as a post of its own that knows the document's live article."""
    desk = Desk(make.rule())
    (first,) = desk.arrives_and_is_planned(interpretations=(EARLY,))
    live(desk, first.id)

    (later,) = desk.arrives_and_is_planned(interpretations=(EARLY, LATE))

    kind, drawn, beside = desk.renderer.asked[-1]
    assert (later.kind, kind) == (PostKind.INTERPRETATION, PostKind.INTERPRETATION)
    assert drawn.content.interpretations == (LATE,)
    assert beside.document_url == "https://mp.weixin.qq.com/s/1"


@pytest.mark.parametrize("change", [{"body": CORRECTED}, {"title": "更正后的标题"}])
def test_an_interpretation_that_comes_with_a_correction_waits_for_a_person(
    change: dict[str, object],
) -> None:
    """What is public must not be explained by what it does not say."""
    desk = Desk(make.rule())
    (first,) = desk.arrives_and_is_planned()
    live(desk, first.id)

    assert desk.arrives_and_is_planned(interpretations=(LATE,), **change) == []


def test_an_interpretation_does_not_follow_a_document_that_was_taken_down() -> None:
    """Nor one that is not known to be public yet."""
    desk = Desk(make.rule())
    (first,) = desk.arrives_and_is_planned()
    live(desk, first.id)
    desk.change_delivery(first.id, state=DeliveryState.REMOVED)

    assert desk.arrives_and_is_planned(interpretations=(LATE,)) == []


def test_an_interpretation_that_follows_a_short_post_knows_its_address() -> None:
    """Without articles the post itself is where the document is to be read."""
    desk = Desk(make.rule())
    (first,) = desk.arrives_and_is_planned()
    short = DraftContent(text="一句话", marker=make.content().source_url or "")
    desk.change_post(first.id, draft=replace(first.draft, content=short))
    live(desk, first.id)

    desk.arrives_and_is_planned(interpretations=(LATE,))

    assert desk.renderer.asked[-1][2].document_url == "https://mp.weixin.qq.com/s/1"


def test_related_documents_are_found_for_the_account() -> None:
    """A document that the text names is handed to the template."""
    desk = Desk(make.rule())
    named = make.release(id=ReleaseId("rel_9"), source_key="9", state=ReleaseState.RELEASED)
    with desk.storage.begin() as uow:
        uow.releases.add(named)
        uow.commit()

    desk.arrives_and_is_planned(
        title="关于延长服务时间的通知",
        document_number="云岭政办发〔2026〕8号",
        body=make.document("依照云岭政办发〔2026〕7号办理。"),
    )

    (related,) = desk.renderer.asked[-1][2].related
    assert (related.relation, related.title) == (Relation.CITED, named.content.title)


def live(desk: Desk, post: PostId) -> None:
    """The post went out and its article is public."""
    desk.advance(post)
    seen = Fact(make.NOW, "event")
    receipt = Receipt(urls=("https://mp.weixin.qq.com/s/1",), accepted=seen, published=seen)
    desk.change_delivery(post, receipt=receipt)


@pytest.mark.parametrize(
    ("outcome", "error", "gets_one"),
    [
        (Outcome.UNKNOWN, "OutcomeUnknown", False),
        (Outcome.REFUSED, "PartlyDone", False),
        (Outcome.REFUSED, "ContentRejected", True),
        (Outcome.NOT_DONE, "NotSent", True),
    ],
)
def test_only_what_may_be_public_bars_an_account(
    outcome: Outcome, error: str, gets_one: bool
) -> None:
    """A platform that refused the first version has published nothing: the corrected one goes
    out. Where nobody knows, a person decides."""
    desk = Desk(make.rule())
    (old,) = desk.arrives_and_is_planned()
    desk.tried(old.id, outcome, error=error)
    desk.change_delivery(old.id, state=DeliveryState.HELD, next_at=None)

    posts = desk.arrives_and_is_planned(body=CORRECTED)

    assert [p.account for p in posts] == ([AccountId("acc_1")] if gets_one else [])


def test_a_withdrawn_release_is_not_planned() -> None:
    """Withdrawn between the bell and the worker."""
    desk = Desk(make.rule())
    release = desk.arrives().release
    withdraw_release(release.id, actor=SYSTEM, storage=desk.storage, reason="发布有误")

    assert plan_release(release.id, desk.tools) is None
