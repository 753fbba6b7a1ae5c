"""Attachments are looked into once, before an approval given elsewhere counts."""

from dataclasses import dataclass, field

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.ids import UserId
from bot.domain.people import Role, User
from bot.domain.personal.found import PersonalKind
from bot.domain.releases.document import Attachment
from bot.domain.releases.inspection import Inspection, PersonalData
from bot.domain.releases.release import Approval, Release, ReleaseReading, ReleaseState
from bot.usecases.notices.tell_people import tell_people
from bot.usecases.releases.accept_release import Accepted, Arrival, accept_release
from bot.usecases.releases.approve_release import approve_release
from bot.usecases.releases.inspect_attachments import InspectionTools, inspect_attachments
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.media import FakeMediaStore
from tests.unit.usecases.notices.test_telling_people import tools_of
from tests.unit.usecases.posts.desk import APPROVER, EDITOR, Desk

CLEAN, LEAKY = b"nothing", b"a list"
GRAVE = Inspection(
    personal=(PersonalData(PersonalKind.ID_NUMBER, True, "工作表“名单”", 3, (), "33****12"),)
)


@dataclass
class ScriptedInspector:
    """Keeps the promise of `ports.inspecting.AttachmentInspector`."""

    asked: list[bytes] = field(default_factory=list)

    def inspect(self, content: bytes) -> Inspection:
        self.asked.append(content)
        return GRAVE if content == LEAKY else Inspection()


class Office:
    """A desk with a media folder and somebody who looks into files."""

    def __init__(self) -> None:
        self.desk = Desk(make.rule())
        self.media = FakeMediaStore()
        self.inspector = ScriptedInspector()
        self.doorbell = RecordingDoorbell()

    def arrives(self, *files: bytes, key: str = "7", approved: bool = True) -> Accepted:
        attachments = tuple(
            Attachment(f"{number}.pdf", "", self.media.put(file), size=len(file))
            for number, file in enumerate(files, 1)
        )
        reading = ReleaseReading(
            key,
            make.content(attachments=attachments, document_number=None),
            approval=Approval("王审核", "签批单 7 号") if approved else None,
        )
        return accept_release(
            reading,
            source_id=make.source().id,
            actor=EDITOR,
            storage=self.desk.storage,
            ids=self.desk.ids,
        )

    def looks(self) -> int:
        tools = InspectionTools(self.desk.storage, self.media, self.inspector, self.doorbell)
        return inspect_attachments(tools)

    def release(self, accepted: Accepted) -> Release:
        with self.desk.storage.look() as uow:
            return uow.releases.get(accepted.release.id)

    def employs_an_approver(self) -> None:
        roles = frozenset({Role.APPROVER})
        with self.desk.storage.begin() as uow:
            uow.people.add_user(User(UserId("usr_shen"), "shen", "沈审批", roles, ""))
            uow.commit()
        self.tells()

    def tells(self) -> int:
        """Tell everybody what is new; returns how many notices that made."""
        return tell_people(tools_of(self.desk.storage))

    def approve(self, accepted: Accepted, override: str = "") -> Release:
        return approve_release(
            accepted.release.id,
            actor=APPROVER,
            storage=self.desk.storage,
            doorbell=self.doorbell,
            override=override,
        )


def test_a_trusted_approval_counts_once_nothing_grave_was_found() -> None:
    """The hand-in is answered at once; planning is rung for after the inspection."""
    office = Office()

    accepted = office.arrives(CLEAN)
    looked = office.looks()

    assert (accepted.release.state, looked) == (ReleaseState.RECEIVED, 1)
    release = office.release(accepted)
    assert (release.state, release.claimed_approval) == (ReleaseState.APPROVED, None)
    assert release.approval == accepted.release.claimed_approval
    assert office.doorbell.releases == [release.id]


def test_of_several_files_all_are_looked_into_first() -> None:
    """One grave finding among them leaves the decision to a person, who says why."""
    office = Office()
    accepted = office.arrives(CLEAN, LEAKY)

    office.looks()

    assert office.release(accepted).state is ReleaseState.RECEIVED
    assert office.doorbell.releases == []
    with pytest.raises(InvalidInput, match=r"“2.pdf”：身份证号码 3 处"):
        office.approve(accepted)
    assert office.approve(accepted, "当事人书面同意公开").state is ReleaseState.APPROVED


def test_nobody_approves_what_was_not_looked_into() -> None:
    """Whoever cannot wait says why."""
    office = Office()
    accepted = office.arrives(CLEAN, approved=False)

    with pytest.raises(InvalidInput, match="还在检查"):
        office.approve(accepted)
    office.looks()

    assert office.approve(accepted).state is ReleaseState.APPROVED


def test_the_same_content_is_looked_into_once() -> None:
    """Also for another release, and then the approval counts at once."""
    office = Office()
    office.arrives(CLEAN)
    office.looks()

    second = office.arrives(CLEAN, key="8")

    assert (office.looks(), office.inspector.asked) == (0, [CLEAN])
    assert second.release.state is ReleaseState.APPROVED


def test_an_approval_that_comes_later_waits_as_well() -> None:
    """The same document, now approved: nothing goes around the inspection."""
    office = Office()
    office.arrives(LEAKY, approved=False)

    again = office.arrives(LEAKY)
    office.looks()

    assert again.arrival is Arrival.UNCHANGED
    release = office.release(again)
    assert release.state is ReleaseState.RECEIVED
    assert release.claimed_approval is not None
    assert office.arrives(LEAKY).release.state is ReleaseState.RECEIVED


@pytest.mark.parametrize(
    ("files", "after_hand_in", "after_inspection"),
    [((CLEAN,), 0, 0), ((CLEAN, LEAKY), 0, 1)],
    ids=["clean", "grave"],
)
def test_approvers_hear_of_a_trusted_release_when_it_is_left_to_them(
    files: tuple[bytes, ...], after_hand_in: int, after_inspection: int
) -> None:
    """Not while its attachments are looked into."""
    office = Office()
    office.employs_an_approver()

    office.arrives(*files)
    before = office.tells()
    office.looks()

    assert (before, office.tells()) == (after_hand_in, after_inspection)


def test_of_grave_files_that_are_known_approvers_hear_at_once() -> None:
    """Nobody looks into them again."""
    office = Office()
    office.arrives(LEAKY)
    office.looks()
    office.employs_an_approver()
    office.tells()

    office.arrives(LEAKY, key="8")

    assert office.tells() == 1


def test_a_file_that_is_gone_is_said() -> None:
    """It is not taken for clean."""
    office = Office()
    accepted = office.arrives(CLEAN, approved=False)
    office.media.kept.clear()

    office.looks()

    with office.desk.storage.look() as uow:
        files = [each.sha256 or "" for each in accepted.release.content.attachments]
        (found,) = uow.inspections.of(files).values()
    assert "文件已经不在" in found.unread[0]
