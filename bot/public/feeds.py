"""Feeds for machines: released documents, and published answers, as JSON Feed and as Atom.

JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/; Atom: RFC 4287.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.releases.release import ReleaseState
from bot.domain.text import clip
from bot.ports.case_publication import AnswerFilter, AnswerRow, AnswerShelf
from bot.ports.overview import Overview, ReleaseRow
from bot.public import asked, released
from bot.public.pages import COMPRESSED, SHARED, Pages

NEWEST = 30
LONGEST_TITLE = 80
HEADERS = {**SHARED, "cache-control": "public, max-age=300", "access-control-allow-origin": "*"}
_ATOM = "http://www.w3.org/2005/Atom"
_NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold at all, escaped or not.
_UNWRITABLE = {sign: None for sign in range(32) if sign not in {9, 10, 13}} | {
    0xFFFE: None,
    0xFFFF: None,
}


@dataclass(frozen=True)
class Item:
    """One entry; `id` is a path of ours that stays."""

    id: str
    url: str
    title: str
    text: str
    published_at: datetime


@dataclass(frozen=True)
class Feed:
    """The newest of one page; `path` is that page's."""

    title: str
    path: str
    items: Sequence[Item]


def feed_routes(
    overview: Overview, shelf: AnswerShelf, pages: Pages, *, public_url: str, unit_name: str
) -> list[Route]:
    """`feed.json` and `feed.atom` beside the pages whose entries they hold."""

    def documents() -> Feed:
        rows = overview.releases(state=ReleaseState.RELEASED, limit=NEWEST)
        items = [_document(row) for row in rows]
        return Feed(f"{unit_name} · 政策公开", released.PATH, items)

    def answers() -> Feed:
        rows = shelf.answers(AnswerFilter(), limit=NEWEST)
        return Feed(f"{unit_name} · 问答公开", asked.PATH, [_answer(row) for row in rows])

    def routes(path: str, read: Callable[[], Feed]) -> list[Route]:
        def as_json(_request: Request) -> Response:
            body = json_feed(read(), public_url)
            return Response(body, media_type="application/feed+json", headers=HEADERS)

        def as_atom(_request: Request) -> Response:
            body = atom_feed(read(), public_url)
            return Response(body, media_type="application/atom+xml", headers=HEADERS)

        return [
            Route(f"{path}/feed.json", pages.calm(as_json), methods=["GET"], middleware=COMPRESSED),
            Route(f"{path}/feed.atom", pages.calm(as_atom), methods=["GET"], middleware=COMPRESSED),
        ]

    return [*routes(released.PATH, documents), *routes(asked.PATH, answers)]


def json_feed(feed: Feed, public_url: str) -> str:
    """The feed as JSON Feed 1.1."""
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": "zh-CN",
        "home_page_url": public_url + feed.path,
        "feed_url": f"{public_url}{feed.path}/feed.json",
        "items": [
            {
                "id": public_url + item.id,
                "url": public_url + item.url,
                "title": item.title,
                "content_text": item.text,
                "date_published": item.published_at.isoformat(),
            }
            for item in feed.items
        ],
    }
    return json.dumps(whole, ensure_ascii=False)


def atom_feed(feed: Feed, public_url: str) -> bytes:
    """The feed as Atom."""
    newest = max((item.published_at for item in feed.items), default=_NOTHING_YET)
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _put(root, "id", public_url + feed.path)
    _put(root, "title", feed.title)
    _put(root, "updated", newest.isoformat())
    ElementTree.SubElement(root, "link", {"href": public_url + feed.path})
    own = {"rel": "self", "href": f"{public_url}{feed.path}/feed.atom"}
    ElementTree.SubElement(root, "link", own)
    _put(ElementTree.SubElement(root, "author"), "name", feed.title.partition(" · ")[0])
    for item in feed.items:
        entry = ElementTree.SubElement(root, "entry")
        _put(entry, "id", public_url + item.id)
        _put(entry, "title", item.title)
        _put(entry, "updated", item.published_at.isoformat())
        _put(entry, "published", item.published_at.isoformat())
        ElementTree.SubElement(entry, "link", {"href": public_url + item.url})
        _put(entry, "content", item.text)
    whole: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def _put(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, name).text = words.translate(_UNWRITABLE)


def _document(row: ReleaseRow) -> Item:
    facts = [row.document_number or "", "、".join(row.issuing_bodies)]
    return Item(
        id=f"{released.PATH}#{row.id}",
        url=released.address_of_search(row.title[: released.LONGEST_SEARCH]),
        title=row.title,
        text=" · ".join(fact for fact in facts if fact),
        published_at=row.received_at,
    )


def _answer(row: AnswerRow) -> Item:
    address = f"{asked.PATH}/{row.id}"
    return Item(
        id=address,
        url=address,
        title=clip(row.question, LONGEST_TITLE),
        text=f"问：{row.question}\n\n答：{row.answer}",
        published_at=row.published_at,
    )
