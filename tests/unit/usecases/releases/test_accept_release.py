"""Releases arriving: new, the same again, a new version, or a 文号 that is taken."""

from dataclasses import replace

import pytest

from bot.domain.errors import Conflict, IllegalMove, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import SourceId
from bot.domain.permissions import SYSTEM
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import Approval, Finding, ReleaseReading, ReleaseState
from bot.domain.releases.source import Trust
from bot.usecases.releases.accept_release import Accepted, Arrival, accept_release
from bot.usecases.releases.approve_release import approve_release
from bot.usecases.releases.withdraw_release import withdraw_release
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import APPROVER, EDITOR, Desk

CORRECTED = make.document("更正后的正文。")


def test_a_trusted_sources_approval_counts() -> None:
    """Its claim is stored as evidence, and the release is approved."""
    accepted = Desk().arrives()

    assert accepted.arrival is Arrival.CREATED
    assert accepted.release.state is ReleaseState.APPROVED
    assert accepted.release.approval is not None
    assert accepted.release.approval.evidence == "签批单 7 号"


def test_another_sources_claim_is_not_enough() -> None:
    """A person approves here."""
    desk = Desk()
    with desk.storage.begin() as uow:
        uow.sources.add(make.source(id=SourceId("feed"), trust=Trust.NEEDS_APPROVAL))
        uow.commit()
    reading = ReleaseReading("8", make.content(), approval=Approval("某人", "自称已批"))

    accepted = accept_release(
        reading, source_id=SourceId("feed"), actor=SYSTEM, storage=desk.storage, ids=desk.ids
    )

    assert accepted.release.state is ReleaseState.RECEIVED
    assert accepted.release.approval is None


def test_the_same_content_again_changes_nothing() -> None:
    """The answer is the first one; posts are left alone."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()

    again = desk.arrives()

    assert again.arrival is Arrival.UNCHANGED
    assert again.release.version == 1
    assert desk.post(post.id).state is PostState.SCHEDULED


def test_an_approval_that_comes_later_is_not_lost() -> None:
    """The same content, now with the claim that was missing: approved, no new version."""
    desk = Desk(make.rule())
    reading = ReleaseReading("7", make.content())
    claim = Approval(by="王审核", evidence="签批单 7 号")

    def hand_in(what: ReleaseReading) -> Accepted:
        return accept_release(
            what, source_id=SourceId("site"), actor=SYSTEM, storage=desk.storage, ids=desk.ids
        )

    first, second = hand_in(reading), hand_in(replace(reading, approval=claim))

    assert first.release.state is ReleaseState.RECEIVED
    assert second.arrival is Arrival.APPROVED
    assert second.release.state is ReleaseState.APPROVED
    assert second.release.version == 1
    assert hand_in(replace(reading, approval=claim)).arrival is Arrival.UNCHANGED


def test_a_new_version_holds_unpublished_posts_and_voids_their_approval() -> None:
    """Nothing of the old version goes out by itself any more."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()

    accepted = desk.arrives(body=CORRECTED)
    held = desk.post(post.id)

    assert accepted.arrival is Arrival.NEW_VERSION
    assert accepted.release.version == 2
    assert held.state is PostState.HELD
    assert held.approved_hash is None
    assert "新版本" in held.hold_reason
    assert desk.delivery(post.id).state is DeliveryState.HELD
    assert desk.advance(post.id, after=600).accepted_at is None


def test_a_public_post_stays_as_it_is_when_a_new_version_arrives() -> None:
    """What is out is out; a correction is decided by a person."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.advance(post.id)

    desk.arrives(body=CORRECTED)

    assert desk.post(post.id).state is PostState.SCHEDULED
    assert desk.delivery(post.id).state is DeliveryState.DELIVERED


def test_a_taken_document_number_is_a_conflict_naming_both() -> None:
    """Two documents under one 文号 are a mistake until a person says otherwise."""
    desk = Desk()
    first = desk.arrives("7").release

    with pytest.raises(Conflict, match="云岭政办发〔2026〕7号") as conflict:
        desk.arrives("8", title="另一份文件")

    assert conflict.value.existing == first.id
    assert "另一份文件" in str(conflict.value)
    assert first.content.title in str(conflict.value)


def test_a_person_may_say_that_it_is_the_same_document() -> None:
    """It is taken in, and remembers whose twin it is, also in its later versions."""
    desk = Desk()
    first = desk.arrives("7").release

    twin = desk.arrives("8", same=True, title="另一份文件").release
    newer = desk.arrives("8", title="另一份文件", body=CORRECTED).release

    assert twin.id != first.id
    assert twin.same_document_as == first.id
    assert newer.same_document_as == first.id


def test_an_unknown_source_is_refused() -> None:
    """Nothing is stored for nobody."""
    desk = Desk()

    with pytest.raises(NotFound):
        accept_release(
            ReleaseReading("9", make.content()),
            source_id=SourceId("nobody"),
            actor=SYSTEM,
            storage=desk.storage,
            ids=desk.ids,
        )


def test_approving_rings_for_planning_after_it_is_stored() -> None:
    """The bell rings for what the database knows."""
    desk, bell = Desk(), RecordingDoorbell()
    release = desk.arrives(approval=None).release

    approved = approve_release(
        release.id, actor=APPROVER, storage=desk.storage, doorbell=bell, note="签批单 9 号"
    )

    assert approved.state is ReleaseState.APPROVED
    assert approved.approval == Approval(APPROVER.name, "签批单 9 号", make.NOW)
    assert bell.releases == [release.id]


def test_a_failed_check_that_blocks_is_passed_over_only_with_a_reason() -> None:
    """It stands with the approval and in the audit; without it nothing is approved."""
    desk, bell = Desk(), RecordingDoorbell()
    broken = (Finding("damaged", "有乱码"),)
    release = desk.arrives(approval=None, findings=broken).release
    asked = {"actor": APPROVER, "storage": desk.storage, "doorbell": bell}

    for reason in ("", "无"):
        with pytest.raises(InvalidInput, match="文字没有损坏"):
            approve_release(release.id, **asked, override=reason)  # type: ignore[arg-type]
    approved = approve_release(release.id, **asked, override="生僻字，已对照原件")  # type: ignore[arg-type]

    assert approved.approval is not None
    assert "仍予通过：生僻字，已对照原件" in approved.approval.evidence
    with desk.storage.begin() as uow:
        details = uow.audit.records()[-1].details
    assert (details["passed_over"], details["reason"]) == (
        "accurate.reading v1",
        "生僻字，已对照原件",
    )


def test_a_reason_alone_changes_nothing_of_a_release_without_faults() -> None:
    """Nothing was passed over, so nothing is said of it."""
    desk = Desk()
    release = desk.arrives(approval=None).release

    approved = approve_release(
        release.id,
        actor=APPROVER,
        storage=desk.storage,
        doorbell=RecordingDoorbell(),
        override="不需要的理由",
    )

    assert approved.approval is not None
    assert approved.approval.evidence == "在同步中审批"


def test_a_release_is_approved_once_and_by_those_who_may() -> None:
    """A refused approval rings no bell."""
    desk, bell = Desk(), RecordingDoorbell()
    release = desk.arrives().release

    with pytest.raises(IllegalMove):
        approve_release(release.id, actor=APPROVER, storage=desk.storage, doorbell=bell)
    with pytest.raises(NotAllowed):
        approve_release(release.id, actor=EDITOR, storage=desk.storage, doorbell=bell)

    assert bell.releases == []


@pytest.mark.parametrize("approved", [True, False])
def test_withdrawing_cancels_what_has_not_gone_out(approved: bool) -> None:
    """A received one is refused, an approved one withdrawn."""
    desk = Desk(make.rule())
    changes = {} if approved else {"approval": None}
    posts = desk.arrives_and_is_planned(**changes)
    with desk.storage.begin() as uow:
        (release,) = uow.releases.in_state(
            ReleaseState.APPROVED if approved else ReleaseState.RECEIVED
        )

    gone = withdraw_release(release.id, actor=APPROVER, storage=desk.storage, reason="有误")

    assert gone.state is (ReleaseState.WITHDRAWN if approved else ReleaseState.REFUSED)
    assert {desk.post(p.id).state for p in posts} <= {PostState.CANCELLED}
    with pytest.raises(IllegalMove):
        withdraw_release(release.id, actor=APPROVER, storage=desk.storage, reason="再次")


def test_withdrawing_leaves_public_posts_public() -> None:
    """Taking them down is decided post by post."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    desk.advance(post.id)

    withdraw_release(post.release, actor=APPROVER, storage=desk.storage, reason="有误")

    assert desk.delivery(post.id).state is DeliveryState.DELIVERED
    assert desk.post(post.id).state is PostState.SCHEDULED
