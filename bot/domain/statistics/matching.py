"""Whose article is this? From what a delivery learnt to the article the platform counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from bot.domain.ids import PostId
from bot.domain.statistics.figures import PublishedArticle
from bot.domain.text import compact

_CHANGING = frozenset({"chksm", "scene"})
"""Parameters of an article's address that differ from one handing-out to the next."""


@dataclass(frozen=True)
class Trace:
    """By what the articles of a public post can be known: the platform's id of the whole message
    (empty if it was never learnt), addresses, titles in order, the Beijing day it went out."""

    post: PostId
    message: str
    urls: tuple[str, ...]
    titles: tuple[str, ...]
    published_on: date


def post_of(article: PublishedArticle, traces: Sequence[Trace]) -> PostId | None:
    """The post that brought this article out, None when nothing proves one.

    The message's id decides, then an address; then a title, if of the posts of that day whose
    message is not known only one bears it.
    """
    by_message = [t for t in traces if t.message and t.message == article.id.message]
    if by_message:
        return by_message[0].post
    by_address = [t for t in traces if any(same_page(url, article.url) for url in t.urls)]
    if by_address:
        return by_address[0].post
    by_title = {t.post for t in traces if not t.message and _has_title(t, article)}
    return by_title.pop() if len(by_title) == 1 else None


def claimed(
    articles: Iterable[PublishedArticle], traces: Sequence[Trace]
) -> Mapping[PublishedArticle, PostId]:
    """Each of the articles that is ours, with its post."""
    found = ((article, post_of(article, traces)) for article in articles)
    return {article: post for article, post in found if post is not None}


def same_page(one: str, other: str) -> bool:
    """Whether two addresses lead to the same article: the scheme, the fragment and parameters
    that change do not matter."""
    return bool(one) and bool(other) and _page(one) == _page(other)


def _page(address: str) -> tuple[str, str, frozenset[tuple[str, str]]]:
    parts = urlsplit(address.strip())
    query = parse_qsl(parts.query, keep_blank_values=True)
    lasting = frozenset(pair for pair in query if pair[0] not in _CHANGING)
    return parts.netloc.lower(), parts.path, lasting


def _has_title(trace: Trace, article: PublishedArticle) -> bool:
    titles = {compact(title) for title in trace.titles}
    return trace.published_on == article.published_on and compact(article.title) in titles - {""}
