"""A release arrives: store it, recognise it, or make a new version of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import ReleaseId, SourceId
from bot.domain.permissions import Actor
from bot.domain.releases.accepting import NewRelease, NewVersion, SameAgain, decide_acceptance
from bot.domain.releases.attachment_checks import kept_hashes, may_go_unseen
from bot.domain.releases.release import (
    Approval,
    Release,
    ReleaseContent,
    ReleaseReading,
    ReleaseState,
)
from bot.domain.releases.source import Source, SourceKind, Trust
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.hold_posts import hold_posts_of_release
from bot.usecases.releases.inspect_attachments import want_inspections

SUPERSEDED = "政策已有新版本，原稿件暂停，批准失效，请按新版本重新生成"

NEWER = "政策在您查看之后有了新版本，请重新查看最新版本再提交"


class Arrival(StrEnum):
    """What became of a submission."""

    CREATED = "created"
    APPROVED = "approved"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new_version"


@dataclass(frozen=True)
class Accepted:
    """The stored release, and whether it is new."""

    release: Release
    arrival: Arrival


def accept_release(
    reading: ReleaseReading,
    *,
    source_id: SourceId,
    actor: Actor,
    storage: Storage,
    ids: Ids,
    person_says_same: bool = False,
    by_hand: bool = False,
    seen_version: int | None = None,
) -> Accepted:
    """Store what a reader made of an input; the same content again changes nothing, unless it
    brings the approval that was missing.

    What comes `by_hand` of the actor waits for somebody else's approval, whatever its source; it
    is the next version of `seen_version` or of none. An approval that the source brings counts
    once the attachments have been looked into, and only if nothing grave is inside.

    Raises:
        Conflict: another release carries this 发文字号.
        NotFound: the source is unknown.
        InvalidInput: the newest version is not `seen_version`.
    """
    with storage.begin() as uow:
        source = uow.sources.get(source_id)
        number = reading.content.document_number
        same_number = uow.releases.by_document_number(number) if number else None
        known = uow.releases.by_key(source.id, reading.source_id)
        if known and seen_version and known.version != seen_version:
            raise InvalidInput([Problem("version", NEWER)])
        decision = decide_acceptance(
            reading.content,
            known=known,
            same_number=same_number,
            person_says_same=person_says_same,
        )
        if isinstance(decision, SameAgain):
            return _same_again(uow, decision.release, reading, None if by_hand else source, actor)
        now = uow.now()
        approval = None if by_hand else _approval_that_counts(reading, source, now)
        release = replace(
            _release(
                reading, approval, now=now, source=source.id, counts=_counts(uow, reading.content)
            ),
            same_document_as=_twin(decision, same_number),
            handed_in_by=actor.name if by_hand else None,
        )
        accepted = _store(uow, release, decision, actor, ids)
        uow.commit()
    return accepted


def _store(
    uow: UnitOfWork, release: Release, decision: NewRelease | NewVersion, actor: Actor, ids: Ids
) -> Accepted:
    """As the first version of a new release, or the next one of a known one."""
    arrival = Arrival.CREATED
    if isinstance(decision, NewVersion):
        hold_posts_of_release(uow, decision.of.id, SUPERSEDED)
        release = replace(release, id=decision.of.id, version=decision.version)
        arrival = Arrival.NEW_VERSION
    else:
        release = replace(release, id=ReleaseId(ids.new("rel")))
    uow.releases.add(release)
    want_inspections(uow, release)
    uow.audit.write(
        actor=actor.name,
        action="release.accepted",
        object_kind="release",
        object_id=release.id,
        details={"version": str(release.version), "content_hash": release.content_hash},
    )
    return Accepted(release, arrival)


def _same_again(
    uow: UnitOfWork, release: Release, reading: ReleaseReading, source: Source | None, actor: Actor
) -> Accepted:
    now = uow.now()
    approval = _approval_that_counts(reading, source, now) if source else None
    if approval is None or release.state is not ReleaseState.RECEIVED:
        return Accepted(release, Arrival.UNCHANGED)
    if not _counts(uow, release.content):
        uow.releases.save(replace(release, claimed_approval=approval))
        want_inspections(uow, release)
        uow.commit()
        return Accepted(release, Arrival.UNCHANGED)
    since = release.emergency_since or (now if reading.emergency else None)
    approved = replace(
        release, state=ReleaseState.APPROVED, approval=approval, emergency_since=since
    )
    uow.releases.save(approved)
    uow.audit.write(
        actor=actor.name,
        action="release.approved",
        object_kind="release",
        object_id=release.id,
        details={"version": str(release.version), "content_hash": release.content_hash},
    )
    uow.commit()
    return Accepted(approved, Arrival.APPROVED)


def _counts(uow: UnitOfWork, content: ReleaseContent) -> bool:
    """Whether an approval given elsewhere counts, as far as the attachments are known."""
    return may_go_unseen(content, uow.inspections.of(kept_hashes(content)))


def _release(
    reading: ReleaseReading,
    approval: Approval | None,
    *,
    now: datetime,
    source: SourceId,
    counts: bool,
) -> Release:
    """As a first version that has no id yet."""
    return Release(
        id=ReleaseId(""),
        source=source,
        source_key=reading.source_id,
        version=1,
        content=reading.content,
        content_hash=reading.content.hash,
        state=ReleaseState.APPROVED if approval and counts else ReleaseState.RECEIVED,
        received_at=now,
        findings=reading.findings,
        approval=approval if counts else None,
        claimed_approval=None if counts else approval,
        release_at=reading.release_at,
        emergency_since=now if reading.emergency else None,
    )


def _twin(decision: NewRelease | NewVersion, same_number: Release | None) -> ReleaseId | None:
    """Which release a person said this one is the same document as."""
    if isinstance(decision, NewVersion):
        return decision.of.same_document_as
    return same_number.id if same_number else None


def _approval_that_counts(
    reading: ReleaseReading, source: Source, now: datetime
) -> Approval | None:
    """A source's claim counts only when the source is trusted to approve.

    What a trusted feed lists or a trusted folder holds is released by that: the listing is the
    claim. Over the API the claim must be spoken.
    """
    if source.trust is not Trust.APPROVED:
        return None
    if reading.approval is None and source.kind in {SourceKind.FEED, SourceKind.FOLDER}:
        evidence = f"列于受信任的来源“{source.name}”：{reading.source_id}"
        return Approval(by=source.name, evidence=evidence, at=now)
    return reading.approval
