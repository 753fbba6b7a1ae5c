"""The whole fast lane: an emergency arrives, is read by two people, and goes out at once."""

from datetime import time
from typing import Any

import pytest

from bot.domain.accounts.account import QuietHours
from bot.domain.errors import Conflict, IllegalMove, InvalidInput, NotAllowed
from bot.domain.ids import AccountId, PostId, ReleaseId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.posts.post import Post, PostKind, PostState
from bot.domain.posts.rollout import RolloutPolicy, RolloutState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import Approval, Release, ReleaseReading, ReleaseState
from bot.domain.releases.source import Trust
from bot.usecases.posts.plan_release import plan_release
from bot.usecases.posts.publish_emergency import publish_emergency
from bot.usecases.posts.review_post import approve_post
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.releases.accept_release import accept_release
from bot.usecases.releases.approve_release import approve_release
from bot.usecases.releases.declare_emergency import declare_emergency
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import APPROVER, EDITOR, REVIEWER, WRITER, Desk

SECOND = Actor("周签发", frozenset({Role.APPROVER}))
ACCOUNTS = (
    make.account(quiet_hours=QuietHours(time(0), time(23, 59))),
    make.account(id=AccountId("acc_2"), name="云岭应急"),
)
RULE = make.rule("acc_1", "acc_2", policy=RolloutPolicy.ALL_OR_NOTHING, slot=time(18))


def opened() -> Desk:
    """Two accounts, quiet hours on one, a rule with a slot that needs no review of posts."""
    desk = Desk(RULE, accounts=ACCOUNTS)
    with desk.storage.begin() as uow:
        uow.sources.save(make.source(trust=Trust.NEEDS_APPROVAL))
        uow.commit()
    return desk


def arrives(desk: Desk, *, emergency: bool = True) -> Release:
    reading = ReleaseReading("e1", make.content(title="暴雨红色预警信号"), emergency=emergency)
    return accept_release(
        reading, source_id=make.source().id, actor=WRITER, storage=desk.storage, ids=desk.ids
    ).release


def drawn(desk: Desk, release: ReleaseId, approver: Actor = APPROVER) -> list[Post]:
    """Approved by one person and planned."""
    approve_release(release, actor=approver, storage=desk.storage, doorbell=RecordingDoorbell())
    plan_release(release, desk.tools)
    return posts(desk, release)


def posts(desk: Desk, release: ReleaseId) -> list[Post]:
    with desk.storage.begin() as uow:
        return list(uow.posts.of_release(release))


def publish(desk: Desk, release: ReleaseId, actor: Actor = SECOND, **changes: Any) -> list[Post]:
    shown = {post.id: post.content_hash for post in posts(desk, release)}
    doorbell = changes.pop("doorbell", RecordingDoorbell())
    return list(
        publish_emergency(
            release,
            shown=shown | changes,
            actor=actor,
            storage=desk.storage,
            ids=desk.ids,
            doorbell=doorbell,
        )
    )


def test_from_arriving_to_being_public_takes_two_people_and_no_waiting() -> None:
    """Neither slot nor quiet hours nor the slower sibling keeps it; the bell rings at once."""
    desk, doorbell = opened(), RecordingDoorbell()
    release = arrives(desk)

    waiting = drawn(desk, release.id)
    published = publish(desk, release.id, doorbell=doorbell)
    with desk.storage.begin() as uow:
        due = uow.deliveries.take_due(limit=10, ring_again_seconds=5)
        uow.commit()
    for _, delivery in due:
        advance_delivery(delivery, desk.publishing)

    assert release.state is ReleaseState.RECEIVED
    assert {(p.kind, p.template, p.state) for p in waiting} == {
        (PostKind.NOTICE, "emergency", PostState.IN_REVIEW)
    }
    assert [p.due_at for p in published] == [make.NOW, make.NOW]
    assert len(doorbell.deliveries) == 2
    with desk.storage.begin() as uow:
        assert {d.state for p in published for d in uow.deliveries.of_post(p.id)} == {
            DeliveryState.DELIVERED
        }
        assert uow.posts.rollouts_of(release.id)[0].state is RolloutState.OUT
        assert uow.releases.get(release.id).released_at == make.NOW
        actions = [record.action for record in uow.audit.records()]
    assert actions.count("post.published_as_emergency") == 2


def test_no_rule_makes_one_person_enough() -> None:
    """Neither in one review of all nor post by post."""
    desk = opened()
    release = arrives(desk)
    (post, _) = drawn(desk, release.id)

    with pytest.raises(NotAllowed, match="两个人"):
        publish(desk, release.id, APPROVER)
    with pytest.raises(NotAllowed, match="两个人"):
        approve_post(post.id, content_hash=post.content_hash, actor=APPROVER, storage=desk.storage)


def test_a_trusted_sources_own_approval_is_the_first_person() -> None:
    """Who is named there cannot be the second one here."""
    desk = Desk(RULE, accounts=ACCOUNTS)
    approval = Approval("周签发", "应急指挥部电话记录", make.NOW)
    reading = ReleaseReading("e1", make.content(), approval=approval, emergency=True)
    release = accept_release(
        reading, source_id=make.source().id, actor=WRITER, storage=desk.storage, ids=desk.ids
    ).release
    plan_release(release.id, desk.tools)

    assert {post.state for post in posts(desk, release.id)} == {PostState.IN_REVIEW}
    with pytest.raises(NotAllowed):
        publish(desk, release.id, SECOND)
    assert len(publish(desk, release.id, APPROVER)) == 2


@pytest.mark.parametrize("actor", [WRITER, EDITOR, REVIEWER], ids=["writer", "editor", "reviewer"])
def test_who_may_not_approve_and_schedule_publishes_nothing(actor: Actor) -> None:
    """The lane is short, not open."""
    desk = opened()
    release = arrives(desk)
    drawn(desk, release.id)

    with pytest.raises(NotAllowed):
        publish(desk, release.id, actor)


def test_what_changed_since_it_was_read_does_not_go() -> None:
    """Not one of them: the review is of all."""
    desk = opened()
    release = arrives(desk)
    (first, _) = drawn(desk, release.id)

    with pytest.raises(InvalidInput):
        publish(desk, release.id, **{PostId(first.id): "another hash"})

    assert {post.state for post in posts(desk, release.id)} == {PostState.IN_REVIEW}


def test_a_second_click_publishes_nothing() -> None:
    """Nothing waits any more."""
    desk = opened()
    release = arrives(desk)
    drawn(desk, release.id)
    publish(desk, release.id)

    with pytest.raises(Conflict):
        publish(desk, release.id)


def test_an_embargo_is_kept_even_now() -> None:
    """Emergency passes quiet hours, never an embargo."""
    desk = opened()
    with desk.storage.begin() as uow:
        late = make.release(
            id=ReleaseId("rel_e"),
            source_key="e",
            emergency_since=make.NOW,
            release_at=make.after(900),
        )
        uow.releases.add(late)
        uow.commit()
    plan_release(ReleaseId("rel_e"), desk.tools)

    assert {p.due_at for p in publish(desk, ReleaseId("rel_e"))} == {make.after(900)}


def test_a_release_is_declared_one_before_it_is_approved() -> None:
    """With a reason; afterwards its posts are drawn as ordinary ones."""
    desk = opened()
    release = arrives(desk, emergency=False)

    with pytest.raises(InvalidInput):
        declare_emergency(release.id, reason=" ", actor=EDITOR, storage=desk.storage)
    with pytest.raises(NotAllowed):
        declare_emergency(release.id, reason="暴雨", actor=WRITER, storage=desk.storage)
    desk.clock.pass_seconds(60)
    declared = declare_emergency(release.id, reason="暴雨", actor=EDITOR, storage=desk.storage)
    again = declare_emergency(release.id, reason="暴雨", actor=EDITOR, storage=desk.storage)

    assert declared.emergency_since == make.after(60)
    assert again.emergency_since == make.after(60)
    assert {post.emergency for post in drawn(desk, release.id)} == {True}


def test_what_is_planned_already_is_not_turned_into_one() -> None:
    """Each of its posts can still be scheduled as an emergency."""
    desk = opened()
    release = arrives(desk, emergency=False)
    drawn(desk, release.id)

    with pytest.raises(IllegalMove):
        declare_emergency(release.id, reason="暴雨", actor=EDITOR, storage=desk.storage)
