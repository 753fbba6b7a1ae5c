"""Releases entered by hand: two people, one version after the other."""

from dataclasses import replace

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.ids import SourceId
from bot.domain.people import Role
from bot.domain.permissions import SYSTEM, Actor
from bot.domain.releases.release import (
    Approval,
    Interpretation,
    InterpretationKind,
    Release,
    ReleaseReading,
    ReleaseState,
)
from bot.domain.releases.source import SourceKind, Trust
from bot.usecases.releases.accept_release import Arrival, accept_release
from bot.usecases.releases.approve_release import approve_release
from bot.usecases.releases.hand_in_release import (
    hand_in_interpretation,
    hand_in_release,
    hand_in_version,
)
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import APPROVER, EDITOR, WRITER, Desk

READING = ReleaseReading("hand-1", make.content(), approval=Approval("某人", "文件里自称已批"))
EXPLAINED = Interpretation("问答", InterpretationKind.QA, make.document("问：？答：。"))


def _handed_in(desk: Desk, by: Actor = WRITER) -> Release:
    return hand_in_release(READING, actor=by, storage=desk.storage, ids=desk.ids).release


def _listed(desk: Desk) -> Release:
    """A release of a trusted feed, whose listing is its approval."""
    feed = make.source(id=SourceId("feed"), kind=SourceKind.FEED, trust=Trust.APPROVED)
    with desk.storage.begin() as uow:
        uow.sources.add(feed)
        uow.commit()
    reading = ReleaseReading("f1", make.content())
    return accept_release(
        reading, source_id=feed.id, actor=SYSTEM, storage=desk.storage, ids=desk.ids
    ).release


@pytest.mark.parametrize("role", Role)
def test_writers_and_editors_hand_releases_in(role: Role) -> None:
    """Nobody else."""
    actor = Actor("某人", frozenset({role}))

    if role in (Role.WRITER, Role.EDITOR):
        assert _handed_in(Desk(), actor).handed_in_by == "某人"
    else:
        with pytest.raises(NotAllowed, match="提交政策"):
            _handed_in(Desk(), actor)


def test_a_claim_in_the_file_is_no_approval() -> None:
    """Somebody else approves here."""
    assert _handed_in(Desk()).state is ReleaseState.RECEIVED


def test_whoever_handed_it_in_does_not_approve_it() -> None:
    """Also with the role of an approver; another person may."""
    desk = Desk()
    both = Actor("张两岗", WRITER.roles | APPROVER.roles)
    release = _handed_in(desk, both)

    with pytest.raises(NotAllowed, match="另一位"):
        approve_release(release.id, actor=both, storage=desk.storage, doorbell=RecordingDoorbell())

    approved = approve_release(
        release.id, actor=APPROVER, storage=desk.storage, doorbell=RecordingDoorbell()
    )
    assert approved.state is ReleaseState.APPROVED


def test_a_version_by_hand_of_a_trusted_feeds_release_is_not_approved_by_the_feed() -> None:
    """The listing spoke of another text."""
    desk = Desk()
    listed = _listed(desk)
    corrected = replace(READING, content=make.content(body=make.document("更正后的正文。")))

    accepted = hand_in_version(
        listed.id, corrected, seen_version=1, actor=EDITOR, storage=desk.storage, ids=desk.ids
    )

    assert listed.state is ReleaseState.APPROVED
    assert accepted.release.state is ReleaseState.RECEIVED
    assert (accepted.release.source, accepted.release.source_key) == ("feed", "f1")
    assert accepted.release.version == 2


def test_a_version_goes_by_what_was_looked_at() -> None:
    """A colleague's newer version is not undone unseen."""
    desk = Desk()
    release = _handed_in(desk)

    def explain(title: str) -> Arrival:
        return hand_in_interpretation(
            release.id,
            replace(EXPLAINED, title=title),
            seen_version=1,
            actor=WRITER,
            storage=desk.storage,
            ids=desk.ids,
        ).arrival

    assert explain("问答") is Arrival.NEW_VERSION
    with pytest.raises(InvalidInput, match="有了新版本"):
        explain("图解")
    with pytest.raises(InvalidInput, match="已有同名解读"):
        explain("问答")


def test_a_taken_number_is_a_conflict_until_a_person_says_same() -> None:
    """As over the API."""
    desk = Desk()
    first = _handed_in(desk)
    second = replace(READING, source_id="hand-2")

    with pytest.raises(Conflict) as conflict:
        hand_in_release(second, actor=WRITER, storage=desk.storage, ids=desk.ids)
    same = hand_in_release(
        second, actor=WRITER, storage=desk.storage, ids=desk.ids, person_says_same=True
    )

    assert conflict.value.existing == first.id
    assert same.release.same_document_as == first.id
