"""From approved content to the articles of a draft, as draft/add wants them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.posts.draft import PICTURE_SCHEME, Article, DraftContent, Picture

_PICTURE = re.compile(re.escape(PICTURE_SCHEME) + r"([0-9a-f]{64})")


def pictures_in(content: DraftContent) -> tuple[Picture, ...]:
    """The pictures the articles' HTML shows, each once, in order of appearance."""
    known = {
        picture.sha256: picture for article in content.articles for picture in article.pictures
    }
    shown = dict.fromkeys(name for article in content.articles for name in hashes_in(article.html))
    return tuple(known[name] for name in shown if name in known)


def hashes_in(html: str) -> list[str]:
    """The SHA-256 of every stored picture `html` refers to."""
    return _PICTURE.findall(html)


def covers_of(content: DraftContent) -> tuple[Picture, ...]:
    """The covers of the articles, each once."""
    covers = {a.cover.sha256: a.cover for a in content.articles if a.cover is not None}
    return tuple(covers.values())


def articles_payload(
    articles: Iterable[Article], *, picture_urls: Mapping[str, str], cover_ids: Mapping[str, str]
) -> Sequence[dict[str, Any]]:
    """The `articles` of draft/add; both mappings are by SHA-256 and must be complete."""
    return [_article(article, picture_urls, cover_ids) for article in articles]


def _article(
    article: Article, picture_urls: Mapping[str, str], cover_ids: Mapping[str, str]
) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "article_type": "news",
        "title": article.title,
        "author": article.author,
        "digest": article.digest,
        "content": _PICTURE.sub(lambda found: picture_urls[found[1]], article.html),
        "content_source_url": article.source_url,
        "need_open_comment": int(article.open_comments),
        "only_fans_can_comment": 0,
    }
    if article.cover is not None:
        payload["thumb_media_id"] = cover_ids[article.cover.sha256]
    return payload
