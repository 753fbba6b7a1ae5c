"""附件: files of a release, put to it, taken off it, and looked at before it is public."""

from urllib.parse import quote

from starlette.responses import Response

from bot.console.answering import back_to
from bot.console.pages.releases import shown_release
from bot.console.visit import Visit
from bot.domain.errors import InvalidInput, NotAllowed, NotFound, Problem, Refusal
from bot.domain.ids import ReleaseId
from bot.domain.permissions import Permission
from bot.domain.releases.attachments import kind_of
from bot.usecases.releases.attach_file import (
    add_attachment,
    attachment_under,
    keep_attachment,
    remove_attachment,
)


def attach(visit: Visit) -> Response:
    """Put the file to the release, as its next version; a refusal shows the page again."""
    visit.actor.require(Permission.HAND_IN_RELEASE)
    tools, release = visit.tools, ReleaseId(visit.named("release"))
    upload = visit.files.get("attachment")
    try:
        if upload is None:
            raise InvalidInput([Problem("attachment", "请先选择一个附件")])
        kept = keep_attachment(
            upload.name, upload.content, largest=tools.largest_attachment, media=tools.media
        )
        add_attachment(
            release,
            kept,
            seen_version=_seen(visit),
            actor=visit.actor,
            storage=tools.storage,
            ids=tools.ids,
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return shown_release(visit, "text", refusal=refusal)
    return back_to(f"/releases/{release}/text", done="attached")


def detach(visit: Visit) -> Response:
    """Take the file off the release, as its next version."""
    tools, release = visit.tools, ReleaseId(visit.named("release"))
    try:
        remove_attachment(
            release,
            visit.fields.get("sha256", ""),
            seen_version=_seen(visit),
            actor=visit.actor,
            storage=tools.storage,
            ids=tools.ids,
        )
    except InvalidInput as refusal:
        return shown_release(visit, "text", refusal=refusal)
    return back_to(f"/releases/{release}/text", done="detached")


def take_attachment(visit: Visit) -> Response:
    """The file, to be saved: whoever approves the release looks at it first."""
    with visit.tools.storage.look() as uow:
        release = uow.releases.get(ReleaseId(visit.named("release")))
    attachment, sha256 = attachment_under(release, visit.named("sha256"))
    kind = kind_of(attachment.name)
    response = Response(visit.tools.media.get(sha256))
    response.headers["content-type"] = kind.media_type if kind else "application/octet-stream"
    name = quote(attachment.name, safe="")
    response.headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _seen(visit: Visit) -> int:
    seen = visit.fields.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 7 else 0
