"""`proxy/article/publish`: headline articles, open to government accounts by agreement."""

from dataclasses import dataclass
from typing import Any

from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.session import Fields, Session


@dataclass(frozen=True)
class PublishedArticle:
    """The article's id and address, and the mid of the post that carries it."""

    article_id: str
    url: str
    mid: str


def publish_article(session: Session, form: Fields) -> PublishedArticle:
    """Publish an article and its companion post in one call.

    Raises:
        PartlyDone: the article exists without its post, or is not bound to it (11002, 11003).
        OutcomeUnknown: it may have been published.
    """
    return session.post(Host.API, "/proxy/article/publish.json", form, _published)


def _published(body: Any) -> PublishedArticle:
    data = body["data"]
    return PublishedArticle(str(data["object_id"]), str(data["url"]), str(int(data["mid"])))
