"""`/gongkai/<release>/fujian/<key>`: a file beside a released document, to take along."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.errors import NotFound
from bot.domain.ids import ReleaseId
from bot.domain.releases.attachments import SHORT_KEY, kind_of
from bot.domain.releases.release import Release
from bot.domain.text import is_web_address
from bot.ports.media import MediaStore
from bot.ports.storage import Storage
from bot.public.pages import SHARED, Pages
from bot.usecases.releases.attach_file import attachment_under
from bot.usecases.releases.vote_on_release import public_release

PATH = "/gongkai"
HEADERS = {
    **SHARED,
    "cache-control": "public, max-age=300",
    "content-security-policy": "default-src 'none'; sandbox",
}
_GONE = {
    "here": PATH,
    "title": "没有这个附件",
    "words": "它可能已经撤下，或者网址不完整。请从“政策”里查找。",
}
_KILOBYTE, _MEGABYTE = 1024, 1024 * 1024


@dataclass(frozen=True)
class Offered:
    """An attachment on a page: where it is, how large (empty where nobody knows), and whether a
    browser saves it."""

    name: str
    url: str
    size: str = ""
    is_ours: bool = False


def attachment_route(storage: Storage, media: MediaStore, pages: Pages) -> Route:
    """The download; what a browser could run in our name it only saves."""

    def serve(request: Request) -> Response:
        wanted, key = ReleaseId(request.path_params["release"]), request.path_params["key"]
        try:
            with storage.look() as uow:
                attachment, sha256 = attachment_under(public_release(uow, wanted), key)
            content = media.get(sha256)
        except NotFound:
            return pages.shared("told.html.j2", _GONE, status=404)
        kind = kind_of(attachment.name)
        response = Response(content, headers=HEADERS)
        response.headers["content-type"] = kind.media_type if kind else "application/octet-stream"
        name = quote(attachment.name, safe="")
        response.headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response

    path = PATH + "/{release}/fujian/{key}"
    return Route(path, pages.calm(serve), methods=["GET"])


def attachment_path(release: str, sha256: str) -> str:
    """Where it is offered."""
    return f"{PATH}/{release}/fujian/{sha256[:SHORT_KEY]}"


def offered(release: Release) -> Iterator[Offered]:
    """The attachments that can be had: those kept with us, and those at a web address."""
    for each in release.content.attachments:
        if each.is_kept and each.sha256:
            url = attachment_path(release.id, each.sha256)
            yield Offered(each.name, url, _size(each.size), is_ours=True)
        elif is_web_address(each.url):
            yield Offered(each.name, each.url)


def _size(count: int) -> str:
    if not count:
        return ""
    if count < _MEGABYTE:
        return f"{max(1, round(count / _KILOBYTE))} KB"
    return f"{count / _MEGABYTE:.1f} MB"
