"""A news card: an article with its picture, as passive answers and letters carry it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.replies.reply import LinkCard

KIND = "articles"


def articles_of(card: LinkCard) -> Mapping[str, Any]:
    """The data of an answer of the kind `articles` with this one; up to eight are allowed, one is
    advised (fan-service pages, passive and active answers)."""
    article = {
        "display_name": card.title,
        "summary": card.description,
        "image": card.picture_url,
        "url": card.url,
    }
    return {"articles": [article]}


def can_be_shown(card: LinkCard) -> bool:
    """Whether it has all four parts a card shows but the summary; no page says that one of them
    may be left out."""
    return bool(card.title.strip() and card.picture_url and card.url)
