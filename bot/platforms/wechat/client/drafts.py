"""The draft box: adding a draft, reading it back, what lies in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.platforms.wechat.client.answers import reading
from bot.platforms.wechat.client.endpoints import (
    DRAFT_ADD,
    DRAFT_DELETE,
    DRAFT_GET,
    DRAFT_LIST,
)
from bot.platforms.wechat.client.session import Session

PAGE = 20


@dataclass(frozen=True)
class BoxedDraft:
    """One entry of the draft box."""

    media_id: str
    titles: tuple[str, ...]


def add_draft(session: Session, articles: Sequence[Mapping[str, Any]]) -> str:
    """Add a draft of these articles; returns its media_id."""
    said = session.call(DRAFT_ADD, {"articles": list(articles)}, needs="media_id")
    return str(said["media_id"])


def get_draft(session: Session, media_id: str) -> list[dict[str, Any]]:
    """The articles of a draft as the platform keeps them.

    Raises:
        TargetGone: it is not in the draft box any more: published, mass-sent or deleted.
    """
    said = session.call(DRAFT_GET, {"media_id": media_id})
    with reading(DRAFT_GET.path):
        return [dict(article) for article in said["news_item"]]


def newest_drafts(session: Session) -> list[BoxedDraft]:
    """What lies in the draft box, the latest change first: one page."""
    said = session.call(DRAFT_LIST, {"offset": 0, "count": PAGE, "no_content": 1})
    with reading(DRAFT_LIST.path):
        return [
            BoxedDraft(
                str(item["media_id"]),
                tuple(str(one.get("title", "")) for one in item["content"]["news_item"]),
            )
            for item in said.get("item", [])
        ]


def delete_draft(session: Session, media_id: str) -> None:
    """Take a draft out of the draft box for good."""
    session.call(DRAFT_DELETE, {"media_id": media_id})
