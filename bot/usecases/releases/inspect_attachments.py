"""Look into attachments that releases wait for; what a source had approved goes on then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import NotFound
from bot.domain.ids import ReleaseId
from bot.domain.permissions import SYSTEM
from bot.domain.releases.attachment_checks import kept_hashes, may_go_unseen
from bot.domain.releases.inspection import Inspection
from bot.domain.releases.release import Release, ReleaseState
from bot.ports.doorbell import Doorbell
from bot.ports.inspecting import AttachmentInspector
from bot.ports.media import MediaStore
from bot.ports.storage import Storage, UnitOfWork

TAKEN_SECONDS = 600.0
"""Longer than the longest inspection: after it, whoever took the file is gone."""
_GONE = Inspection(unread=("文件已经不在，没有能读取的内容，请重新上传",))


@dataclass(frozen=True)
class InspectionTools:
    """Where files and findings are, who looks, and who hears that a release may go on."""

    storage: Storage
    media: MediaStore
    inspector: AttachmentInspector
    doorbell: Doorbell


def inspect_attachments(tools: InspectionTools) -> int:
    """Look into every file that waits, one after the other; returns how many. No transaction is
    open meanwhile; a file whose inspection is interrupted is looked into again."""
    count = 0
    while (sha256 := _take_next(tools.storage)) is not None:
        approved = _keep(sha256, _inspected(sha256, tools), tools.storage)
        for release in approved:
            tools.doorbell.release_is_approved(release)
        count += 1
    return count


def want_inspections(uow: UnitOfWork, release: Release) -> None:
    """Let a release that has just come wait for its attachments; nothing for one without."""
    files = kept_hashes(release.content)
    if not files:
        return
    uow.inspections.want(release.id, files)
    if release.claimed_approval and len(uow.inspections.of(files)) == len(files):
        _leave_to_people(uow, release)


def _take_next(storage: Storage) -> str | None:
    with storage.begin() as uow:
        sha256 = uow.inspections.take_next(seconds=TAKEN_SECONDS)
        uow.commit()
    return sha256


def _inspected(sha256: str, tools: InspectionTools) -> Inspection:
    try:
        content = tools.media.get(sha256)
    except NotFound:
        return _GONE
    return tools.inspector.inspect(content)


def _keep(sha256: str, inspection: Inspection, storage: Storage) -> Sequence[ReleaseId]:
    with storage.begin() as uow:
        ready = uow.inspections.keep(sha256, inspection)
        approved = [each for each in ready if _went_on(uow, each)]
        uow.commit()
    return approved


def _went_on(uow: UnitOfWork, wanted: ReleaseId) -> bool:
    """Whether the approval of the release's source counts now: nothing grave was found in the
    newest version. Otherwise a person decides."""
    release = uow.releases.get(wanted)
    if release.claimed_approval is None or release.state is not ReleaseState.RECEIVED:
        return False
    files = kept_hashes(release.content)
    known = uow.inspections.of(files)
    if not may_go_unseen(release.content, known):
        if len(known) == len(files):
            _leave_to_people(uow, release)
        return False
    uow.releases.save(
        replace(
            release,
            state=ReleaseState.APPROVED,
            approval=release.claimed_approval,
            claimed_approval=None,
        )
    )
    _record(uow, release, "release.approved")
    return True


def _leave_to_people(uow: UnitOfWork, release: Release) -> None:
    """Something grave was found: the approval that came along does not count by itself."""
    _record(uow, release, "release.left_to_people")


def _record(uow: UnitOfWork, release: Release, action: str) -> None:
    uow.audit.write(
        actor=SYSTEM.name,
        action=action,
        object_kind="release",
        object_id=release.id,
        details={"version": str(release.version), "content_hash": release.content_hash},
    )
