"""Publishing without push (freepublish): submitting, asking, and the list of what is out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.platforms.wechat.client.answers import reading
from bot.platforms.wechat.client.endpoints import (
    PUBLISH_DELETE,
    PUBLISH_GET,
    PUBLISH_SUBMIT,
    PUBLISHED_ARTICLE,
    PUBLISHED_LIST,
)
from bot.platforms.wechat.client.session import Session

PAGE = 20
PAGES = 3


@dataclass(frozen=True)
class Submitted:
    """The platform accepted a draft for publishing; ids as text, the second may be missing."""

    publish_id: str
    msg_data_id: str


@dataclass(frozen=True)
class PublishJob:
    """Where a publish job stands: 0 success, 1 in progress, 2–4 failed, 5 and 6 removed since."""

    status: str
    article_id: str
    urls: tuple[str, ...]
    failed_articles: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """One entry of the list of published articles."""

    article_id: str
    titles: tuple[str, ...]
    source_urls: tuple[str, ...]
    urls: tuple[str, ...]
    updated_at: datetime
    is_deleted: bool
    deleted: tuple[int, ...] = ()
    """Which of its articles are deleted, counted from 1."""


def submit(session: Session, media_id: str) -> Submitted:
    """Hand a draft in for publishing. There is no key: never call it twice on a guess."""
    said = session.call(PUBLISH_SUBMIT, {"media_id": media_id}, needs="publish_id")
    return Submitted(str(said["publish_id"]), str(said.get("msg_data_id", "")))


def get_job(session: Session, publish_id: str) -> PublishJob:
    """How a publish job stands. 100 calls a day: wait long between two."""
    said = session.call(PUBLISH_GET, {"publish_id": publish_id})
    with reading(PUBLISH_GET.path):
        items = said.get("article_detail", {}).get("item", [])
        return PublishJob(
            status=str(said["publish_status"]),
            article_id=str(said.get("article_id", "")),
            urls=tuple(str(item["article_url"]) for item in items),
            failed_articles=tuple(str(index) for index in said.get("fail_idx", [])),
        )


def get_published(session: Session, article_id: str) -> Published:
    """One published article (or bundle) by its id.

    Raises:
        TargetGone: the platform does not know it.
    """
    return _published(article_id, get_articles(session, article_id), 0)


def get_articles(session: Session, article_id: str) -> list[dict[str, Any]]:
    """The articles of a published bundle as the platform keeps them.

    Raises:
        TargetGone: the platform does not know it.
    """
    said = session.call(PUBLISHED_ARTICLE, {"article_id": article_id})
    with reading(PUBLISHED_ARTICLE.path):
        return [dict(article) for article in said.get("news_item", [])]


def delete(session: Session, article_id: str, *, article: int = 0) -> None:
    """Delete a published bundle, or one article of it (counted from 1; 0 means all) for good.

    Raises:
        TargetGone: the platform does not know it.
    """
    session.call(PUBLISH_DELETE, {"article_id": article_id, "index": article})


def newest_published(session: Session, *, since: datetime) -> Iterator[Published]:
    """What was published without push since then, page by page; mass-sent ones are not listed."""
    for page in range(PAGES):
        body = {"offset": page * PAGE, "count": PAGE, "no_content": 1}
        found = _entries(session.call(PUBLISHED_LIST, body))
        yield from (entry for entry in found if entry.updated_at >= since)
        if len(found) < PAGE or all(entry.updated_at < since for entry in found):
            return


def _entries(said: dict[str, Any]) -> list[Published]:
    with reading(PUBLISHED_LIST.path):
        return [
            _published(
                str(item["article_id"]), item["content"]["news_item"], int(item["update_time"])
            )
            for item in said.get("item", [])
        ]


def _published(article_id: str, articles: list[dict[str, Any]], updated: int) -> Published:
    return Published(
        article_id=article_id,
        titles=tuple(str(article.get("title", "")) for article in articles),
        source_urls=tuple(str(article.get("content_source_url", "")) for article in articles),
        urls=tuple(str(article["url"]) for article in articles if article.get("url")),
        updated_at=datetime.fromtimestamp(updated, UTC),
        is_deleted=any(bool(article.get("is_deleted")) for article in articles),
        deleted=tuple(n for n, one in enumerate(articles, 1) if one.get("is_deleted")),
    )
