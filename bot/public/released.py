"""`/gongkai`: every released document, with links to its posts; nothing that is not public."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import ReleaseState
from bot.domain.text import is_web_address
from bot.ports.overview import Overview, ReleaseRow
from bot.ports.storage import StorageUnavailable

PATH = "/gongkai"
PAGE_SIZE = 20
LONGEST_SEARCH = 50
HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "public, max-age=60",
}

AWAY_HEADERS = {**HEADERS, "cache-control": "no-store", "retry-after": "30"}


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


def released_routes(overview: Overview, *, templates: Path, unit_name: str) -> list[Route]:
    """The page and its style sheet. `templates` is the folder that holds `public/`."""
    folder = templates / "public"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined
    )

    def drawn(template: str, context: Mapping[str, object]) -> str:
        return environment.get_template(template).render(unit_name=unit_name, **context)

    def show(request: Request) -> Response:
        try:
            found = _asked_for(request, overview)
        except StorageUnavailable:
            page = drawn("away.html.j2", {})
            return HTMLResponse(page, status_code=503, headers=AWAY_HEADERS)
        return HTMLResponse(drawn("released.html.j2", found), headers=dict(HEADERS))

    def style(_request: Request) -> Response:
        text = (folder / "public.css").read_text(encoding="utf-8")
        return PlainTextResponse(text, media_type="text/css", headers=dict(HEADERS))

    return [
        Route(PATH, show, methods=["GET"]),
        Route(f"{PATH}/public.css", style, methods=["GET"]),
    ]


def _asked_for(request: Request, overview: Overview) -> Mapping[str, object]:
    search = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
    page = _page_number(request.query_params.get("page", "1"))
    found = overview.releases(
        search=search,
        state=ReleaseState.RELEASED,
        limit=PAGE_SIZE + 1,
        offset=(page - 1) * PAGE_SIZE,
    )
    return {
        "search": search,
        "entries": [Entry(row, tuple(_links(overview, row))) for row in found[:PAGE_SIZE]],
        "previous": _address(search, page - 1) if page > 1 else "",
        "next": _address(search, page + 1) if len(found) > PAGE_SIZE else "",
    }


def _links(overview: Overview, release: ReleaseRow) -> Iterator[Link]:
    live = overview.posts(release=release.id, delivery_states=[DeliveryState.DELIVERED])
    for post in sorted(live, key=lambda post: post.account_name):
        if post.urls and is_web_address(post.urls[0]):
            yield Link(post.account_name, post.urls[0])


def _page_number(asked: str) -> int:
    usable = asked.isascii() and asked.isdigit() and len(asked) <= 4
    return max(1, int(asked)) if usable else 1


def address_of_search(words: str) -> str:
    """Where everything that holds these words is listed."""
    return f"{PATH}?{urlencode({'q': words})}"


def _address(search: str, page: int) -> str:
    asked = {"q": search} if search else {}
    return f"{PATH}?{urlencode(asked | {'page': str(page)})}"
