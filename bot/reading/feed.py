"""Feeds: RSS, Atom, JSON Feed, and a JSON list of releases in our own shape."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.release import ReleaseReading
from bot.domain.releases.source import Source
from bot.ports.fetching import Fetched, Fetcher
from bot.ports.reading import FeedReading
from bot.reading.encodings import decode
from bot.reading.html_page import parse_html
from bot.reading.json_shape import read_release
from bot.reading.notes import Notes

Entry = tuple[dict[str, object], Notes]
LARGEST_FEED = 20 * 1024 * 1024
MOST_ENTRIES = 200


def read_feed(source: Source, fetcher: Fetcher, *, largest: int = LARGEST_FEED) -> FeedReading:
    """What the feed at `source.address` lists now; an unusable entry becomes a refusal.

    Raises:
        FetchError: it could not be fetched.
        InvalidInput: it is not a feed.
    """
    fetched = fetcher.fetch(
        source.address, max_bytes=largest, etag=source.etag, last_modified=source.last_modified
    )
    if fetched.not_modified:
        return FeedReading((), (), source.etag, source.last_modified, not_modified=True)
    readings: dict[str, ReleaseReading] = {}
    refusals: list[str] = []
    entries = list(_entries(fetched))
    if len(entries) > MOST_ENTRIES:
        refusals.append(f"订阅源有 {len(entries)} 条，只读取了前 {MOST_ENTRIES} 条")
    for payload, notes in entries[:MOST_ENTRIES]:
        try:
            reading = read_release(
                payload, notes=notes, default_issuing_body=source.default_issuing_body
            )
            first = readings.setdefault(reading.source_id, reading)
            if first is not reading:
                refusals.append(f"“{reading.content.title[:60]}”没有采用：与前面一条的编号相同")
        except InvalidInput as refused:
            refusals.append(
                f"“{str(payload.get('title') or '（无标题）')[:60]}”没有采用：{refused}"
            )
    return FeedReading(
        tuple(readings.values()), tuple(refusals), fetched.etag, fetched.last_modified
    )


def _entries(fetched: Fetched) -> Iterator[Entry]:
    if fetched.content.lstrip()[:1] in (b"{", b"[") or "json" in fetched.media_type:
        return _json_entries(decode(fetched.content, Notes()))
    return _xml_entries(fetched)


def _json_entries(text: str) -> Iterator[Entry]:
    try:
        feed = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _no_feed() from error
    own_shape = feed if isinstance(feed, list) else None
    if isinstance(feed, dict):
        own_shape = feed.get("releases")
        if str(feed.get("version", "")).startswith("https://jsonfeed.org/version/"):
            items = feed.get("items")
            return _each(items, _json_feed_entry)
    return _each(own_shape, lambda item: (item, Notes()))


def _each(items: object, read: Callable[[dict[str, Any]], Entry]) -> Iterator[Entry]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _no_feed()
    return (read(item) for item in items)


def _json_feed_entry(item: dict[str, Any]) -> Entry:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    attachments = [
        {"title": a.get("title"), "url": a.get("url")}
        for a in item.get("attachments") or []
        if isinstance(a, dict)
    ]
    return _payload(
        key=str(item.get("id") or ""),
        title=item.get("title"),
        url=item.get("url") or item.get("external_url"),
        published=item.get("date_published"),
        html=item.get("content_html"),
        text=item.get("content_text"),
        summary=item.get("summary"),
        attachments=attachments,
    )


def _xml_entries(fetched: Fetched) -> Iterator[Entry]:
    import feedparser  # only who reads a feed pays for it

    feed = feedparser.parse(
        fetched.content,
        response_headers={"content-type": fetched.media_type, "content-location": fetched.url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not feed.entries and not feed.get("version"):
        raise _no_feed()
    return (_xml_entry(entry, feed.feed.get("language")) for entry in feed.entries)


def _xml_entry(entry: Mapping[str, Any], language: str | None) -> Entry:
    contents = [c.get("value") for c in entry.get("content") or [] if c.get("value")]
    return _payload(
        key=entry.get("id") or entry.get("link") or "",
        title=_plain(entry.get("title")),
        url=entry.get("link"),
        published=_day(entry),
        html=max(contents, key=len) if contents else None,
        summary=entry.get("summary"),
        language=language,
        attachments=[
            {"title": e.get("title"), "url": e.get("href")} for e in entry.get("enclosures") or []
        ],
    )


def _day(entry: Mapping[str, Any]) -> str | None:
    """The publication moment in ISO 8601; feedparser gives UTC."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    if moment is None:
        return None
    return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}+00:00".format(*moment[:6])


def _payload(
    *,
    key: str,
    title: str | None,
    url: str | None,
    published: str | None,
    html: str | None,
    summary: str | None,
    attachments: list[dict[str, Any]],
    text: str | None = None,
    language: str | None = None,
) -> Entry:
    notes = Notes()
    payload: dict[str, object] = {
        "source_id": key or url or "",
        "title": title,
        "url": url,
        "published_on": published,
        "attachments": attachments,
        "language": language or "zh-CN",
    }
    if html:
        payload["body_html"] = html
    elif text:
        payload["body"] = text
    elif summary:
        payload["body_html"] = summary
        notes.find("body_is_summary", "订阅源没有给出全文，正文只是摘要，发布前请补上全文", "正文")
    return payload, notes


def _plain(title: str | None) -> str | None:
    """A title without markup; some lists mark search words and leave tags open."""
    if not title or "<" not in title:
        return title
    return " ".join(str(parse_html(f"<p>{title}</p>").text_content()).split())


def _no_feed() -> InvalidInput:
    message = "这个地址返回的不是 RSS、Atom 或 JSON 订阅源，请核对来源地址"
    return InvalidInput([Problem("订阅源", message)])
