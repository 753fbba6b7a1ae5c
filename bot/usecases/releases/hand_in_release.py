"""A member of staff enters a release, a new version of one, or an interpretation, by hand."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import ReleaseId, SourceId
from bot.domain.permissions import Actor, Permission
from bot.domain.releases.attachments import carried_on
from bot.domain.releases.release import (
    Interpretation,
    Release,
    ReleaseContent,
    ReleaseReading,
)
from bot.domain.releases.source import Source, SourceKind
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.releases.accept_release import Accepted, accept_release

MANUAL = Source(SourceId("manual"), "手工提交", SourceKind.MANUAL)


def hand_in_release(
    reading: ReleaseReading,
    *,
    actor: Actor,
    storage: Storage,
    ids: Ids,
    person_says_same: bool = False,
) -> Accepted:
    """Store a release that nobody else knows yet; it waits for another person's approval.

    Raises:
        NotAllowed: the actor may not hand releases in.
        Conflict: another release carries this 发文字号.
    """
    actor.require(Permission.HAND_IN_RELEASE)
    with storage.begin() as uow:
        _make_source(uow)
    return accept_release(
        reading,
        source_id=MANUAL.id,
        actor=actor,
        storage=storage,
        ids=ids,
        person_says_same=person_says_same,
        by_hand=True,
    )


def hand_in_version(
    of: ReleaseId,
    reading: ReleaseReading,
    *,
    seen_version: int,
    actor: Actor,
    storage: Storage,
    ids: Ids,
) -> Accepted:
    """Store another text of a release as its next version, wherever the release came from.

    Interpretations and attachments that the new text does not bring along itself stay; files that
    are kept with us always do.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: it has got a newer version than the one that was looked at.
    """
    actor.require(Permission.HAND_IN_RELEASE)
    release = _newest(of, storage)
    content = reading.content
    whole = replace(
        content,
        interpretations=content.interpretations or release.content.interpretations,
        attachments=carried_on(release.content.attachments, content.attachments),
    )
    reading = replace(reading, content=whole)
    return _next(release, reading, seen_version=seen_version, actor=actor, storage=storage, ids=ids)


def hand_in_interpretation(
    of: ReleaseId,
    interpretation: Interpretation,
    *,
    seen_version: int,
    actor: Actor,
    storage: Storage,
    ids: Ids,
) -> Accepted:
    """Add an interpretation to a release; on accounts where the document is out already, it
    follows as a post of its own once the version is approved.

    Raises:
        NotAllowed, NotFound, InvalidInput: as `hand_in_version`; also when the release has an
            interpretation of this title already.
    """
    actor.require(Permission.HAND_IN_RELEASE)
    release = _newest(of, storage)
    there = release.content.interpretations
    if any(each.title == interpretation.title for each in there):
        words = f"这份政策已有同名解读“{interpretation.title}”，请核对，或换一个标题"
        raise InvalidInput([Problem("title", words)])
    content = replace(release.content, interpretations=(*there, interpretation))
    return hand_in_content(
        release, content, seen_version=seen_version, actor=actor, storage=storage, ids=ids
    )


def hand_in_content(
    release: Release,
    content: ReleaseContent,
    *,
    seen_version: int,
    actor: Actor,
    storage: Storage,
    ids: Ids,
) -> Accepted:
    """Store what somebody changed beside the text of `release` as its next version.

    Raises:
        InvalidInput: it has got a newer version than the one that was looked at.
    """
    reading = ReleaseReading(
        release.source_key, content, release.findings, release_at=release.release_at
    )
    return _next(release, reading, seen_version=seen_version, actor=actor, storage=storage, ids=ids)


def _newest(of: ReleaseId, storage: Storage) -> Release:
    with storage.begin() as uow:
        return uow.releases.get(of)


def _next(
    release: Release,
    reading: ReleaseReading,
    *,
    seen_version: int,
    actor: Actor,
    storage: Storage,
    ids: Ids,
) -> Accepted:
    """The next version keeps its place in the fast lane."""
    return accept_release(
        replace(
            reading,
            source_id=release.source_key,
            emergency=reading.emergency or release.is_emergency,
        ),
        source_id=release.source,
        actor=actor,
        storage=storage,
        ids=ids,
        by_hand=True,
        seen_version=seen_version,
    )


def _make_source(uow: UnitOfWork) -> None:
    if all(known.id != MANUAL.id for known in uow.sources.all()):
        uow.sources.add(MANUAL)
        uow.commit()
