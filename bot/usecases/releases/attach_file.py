"""A document's attachments: kept when they come, put to a release, and taken off again."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, NotFound, Problem
from bot.domain.ids import ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.releases.attachments import SHORT_KEY, added, attachment_of
from bot.domain.releases.document import Attachment
from bot.domain.releases.release import Release, ReleaseContent
from bot.ports.clock import Ids
from bot.ports.media import MediaStore
from bot.ports.storage import Storage
from bot.usecases.releases.accept_release import Accepted
from bot.usecases.releases.hand_in_release import hand_in_content

MEGABYTE = 1024 * 1024
USUAL_LARGEST = 20 * MEGABYTE


def keep_attachment(
    name: str, content: bytes, *, largest: int, media: MediaStore, field: str = "attachment"
) -> Attachment:
    """Keep a file that somebody brought; it belongs to nothing yet.

    Raises:
        InvalidInput: at `field`: too large, empty, or of no kind that may be handed in.
    """
    if not content:
        raise InvalidInput([Problem(field, f"“{name}”是空文件，请重新选择")])
    if len(content) > largest:
        words = f"“{name}”超过 {largest // MEGABYTE} MB，请压缩或拆分后再上传"
        raise InvalidInput([Problem(field, words)])
    checked = attachment_of(name, content, sha256="", field=field)
    return replace(checked, sha256=media.put(content))


def kept_attachment(name: str, sha256: str, media: MediaStore, *, field: str) -> Attachment:
    """A file that was kept before, judged again.

    Raises:
        InvalidInput: at `field`: nothing is kept under this hash, or no attachment.
    """
    try:
        content = media.get(sha256)
    except NotFound as missing:
        words = f"没有找到附件“{name}”，可能放置太久已被清理，请重新上传"
        raise InvalidInput([Problem(field, words)]) from missing
    return attachment_of(name, content, sha256=sha256, field=field)


def with_kept_files(content: ReleaseContent, media: MediaStore) -> ReleaseContent:
    """`content` with every attachment that is kept with us judged by its bytes.

    Raises:
        InvalidInput: naming the attachment that is not there or may not be handed in.
    """
    judged = tuple(
        kept_attachment(each.name, each.sha256, media, field=f"attachments[{number}].sha256")
        if each.is_kept and each.sha256
        else each
        for number, each in enumerate(content.attachments)
    )
    return replace(content, attachments=judged)


def add_attachment(
    of: ReleaseId,
    attachment: Attachment,
    *,
    seen_version: int,
    actor: Actor,
    storage: Storage,
    ids: Ids,
) -> Accepted:
    """The release with one attachment more, as its next version, which waits for approval. One of
    the same name is replaced.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: there is a newer version than the one that was looked at, or no room.
    """
    actor.require(Permission.HAND_IN_RELEASE)
    release = _newest(of, storage)
    attachments = added(release.content.attachments, attachment)
    content = replace(release.content, attachments=attachments)
    return hand_in_content(
        release, content, seen_version=seen_version, actor=actor, storage=storage, ids=ids
    )


def remove_attachment(
    of: ReleaseId,
    sha256: str,
    *,
    seen_version: int,
    actor: Actor,
    storage: Storage,
    ids: Ids,
) -> Accepted:
    """The release without this attachment, as its next version, which waits for approval.

    Raises:
        NotAllowed, NotFound, InvalidInput: as `add_attachment`.
    """
    actor.require(Permission.HAND_IN_RELEASE)
    release = _newest(of, storage)
    attachment_under(release, sha256)
    there = release.content.attachments
    left = tuple(each for each in there if not (each.is_kept and each.sha256 == sha256))
    content = replace(release.content, attachments=left)
    return hand_in_content(
        release, content, seen_version=seen_version, actor=actor, storage=storage, ids=ids
    )


def attachment_under(release: Release, key: str) -> tuple[Attachment, str]:
    """The attachment of `release` that is kept with us under this hash, or one that begins so,
    and the whole hash.

    Raises:
        NotFound: it has none.
    """
    for each in release.content.attachments:
        found = each.sha256 if each.is_kept and len(key) >= SHORT_KEY else None
        if found and found.startswith(key):
            return each, found
    raise NotFound("附件", key[:8])


def _newest(of: ReleaseId, storage: Storage) -> Release:
    with storage.look() as uow:
        return uow.releases.get(of)
