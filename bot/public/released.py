"""`/gongkai`: every released document, with links to its posts; nothing that is not public."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.releases.release import ReleaseState
from bot.domain.text import is_web_address
from bot.ports.overview import Overview, ReleaseRow
from bot.public.pages import COMPRESSED, Pages, page_number

PATH = "/gongkai"
PAGE_SIZE = 20
LONGEST_SEARCH = 50


@dataclass(frozen=True)
class Link:
    """A live post: the account's name and the post's address."""

    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A released document and where it can be read."""

    release: ReleaseRow
    links: tuple[Link, ...]


def released_routes(overview: Overview, pages: Pages) -> list[Route]:
    """The page."""

    def show(request: Request) -> Response:
        return pages.shared("released.html.j2", _asked_for(request, overview))

    return [Route(PATH, pages.calm(show), methods=["GET"], middleware=COMPRESSED)]


def _asked_for(request: Request, overview: Overview) -> Mapping[str, object]:
    search = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
    page = page_number(request.query_params.get("page", "1"))
    found = overview.releases(
        search=search,
        state=ReleaseState.RELEASED,
        limit=PAGE_SIZE + 1,
        offset=(page - 1) * PAGE_SIZE,
    )
    return {
        "here": PATH,
        "search": search,
        "entries": _entries(overview, found[:PAGE_SIZE]),
        "previous": _address(search, page - 1) if page > 1 else "",
        "next": _address(search, page + 1) if len(found) > PAGE_SIZE else "",
    }


def _entries(overview: Overview, releases: Sequence[ReleaseRow]) -> list[Entry]:
    links: dict[str, list[Link]] = defaultdict(list)
    for post in overview.posts_out([release.id for release in releases]):
        if post.urls and is_web_address(post.urls[0]):
            links[post.release_id].append(Link(post.account_name, post.urls[0]))
    return [Entry(release, tuple(links[release.id])) for release in releases]


def address_of_search(words: str) -> str:
    """Where everything that holds these words is listed."""
    return f"{PATH}?{urlencode({'q': words})}"


def _address(search: str, page: int) -> str:
    asked = {"q": search} if search else {}
    return f"{PATH}?{urlencode(asked | {'page': str(page)})}"
