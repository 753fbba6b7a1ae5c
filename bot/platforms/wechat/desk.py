"""What a step works with: its session, our stores, the clock, and the time it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.domain.posts.draft import ArticleForm
from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client.session import Session
from bot.platforms.wechat.payload import articles_payload, pictures_message
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.platform import StepOrder
from bot.ports.uploads import UploadCache


@dataclass(frozen=True)
class Desk:
    """The tools of one step."""

    session: Session
    http: httpx.Client
    media: MediaStore
    uploads: UploadCache
    clock: Clock
    deadline: Deadline


def articles_of(order: StepOrder) -> Sequence[dict[str, Any]]:
    """The articles exactly as they were, or will be, sent: content and uploaded ids together."""
    return articles_payload(
        order.content.articles,
        picture_urls=evidence.read(order.evidence, evidence.PICTURE_URLS),
        library_ids=_library_ids(order),
    )


def message_of(order: StepOrder) -> Mapping[str, Any]:
    """What a mass send or a preview shows: the draft, or for a picture message its pictures.

    Whether a draft of pictures may be mass-sent is not documented; the account option
    `mass_pictures = "draft"` does so.
    """
    first = order.content.articles[0]
    as_draft = order.access.account.options.get("mass_pictures") == "draft"
    if first.form is ArticleForm.PICTURES and not as_draft:
        return {"msgtype": "image", "images": pictures_message(first, _library_ids(order))}
    return {"msgtype": "mpnews", "mpnews": {"media_id": order.evidence[evidence.DRAFT_ID]}}


def _library_ids(order: StepOrder) -> Mapping[str, str]:
    return evidence.read(order.evidence, evidence.LIBRARY_IDS)


def moment(learnt: Mapping[str, str], name: str) -> datetime | None:
    """A time kept in evidence, in UTC."""
    text = learnt.get(name, "")
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
