"""What a step works with: its session, our stores, the clock, and the time it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client.session import Session
from bot.platforms.wechat.payload import articles_payload
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
        cover_ids=evidence.read(order.evidence, evidence.COVER_IDS),
    )


def moment(learnt: Mapping[str, str], name: str) -> datetime | None:
    """A time kept in evidence, in UTC."""
    text = learnt.get(name, "")
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
