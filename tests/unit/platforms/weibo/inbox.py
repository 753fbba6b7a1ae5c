"""What followers write on a scripted Weibo, and how a test reads it."""

from typing import Any

import httpx

from bot.domain.replies.reply import Incoming
from bot.platforms.weibo.addresses import id_at
from bot.ports.platform import CollectedPage, LivePost
from tests.factories import NOW, after
from tests.unit.platforms.weibo.stand import MID, Stand, access, weibo_moment

NEW = id_at(NOW)
SWEPT = {"swept_at": NOW.isoformat()}
ASKER = {"id": 2900000002, "idstr": "2900000002", "screen_name": "市民甲", "followers": "1.2万"}


def comment(an_id: int, text: str = "个体户适用吗？", **more: Any) -> dict[str, Any]:
    body = {
        "created_at": weibo_moment(after(-60)),
        "id": an_id,
        "text": text,
        "user": ASKER,
        "status": {"id": int(MID), "idstr": MID},
    }
    return {k: v for k, v in (body | more).items() if v is not None}


def comments(*items: dict[str, Any], next_cursor: int = 0) -> dict[str, Any]:
    return {"comments": list(items), "next_cursor": next_cursor, "total_number": len(items)}


def mentions(*items: dict[str, Any]) -> dict[str, Any]:
    return {"statuses": list(items), "next_cursor": 0}


def unread(cmt: int = 0, mention_status: int = 0, mention_cmt: int = 0) -> dict[str, int]:
    return {"cmt": cmt, "mention_status": mention_status, "mention_cmt": mention_cmt, "dm": 1}


def drain(at: Stand, cursor: dict[str, str]) -> tuple[list[Incoming], dict[str, str]]:
    """Read the inbox until nothing more waits, as the caller does."""
    found: list[Incoming] = []
    for _ in range(50):
        page = at.collector.read(access(), "inbox", cursor)
        found += page.incoming
        cursor = dict(page.cursor)
        if not page.more:
            return found, cursor
    raise AssertionError("the inbox never ends")


def page_of(at: Stand, stream: str) -> CollectedPage:
    """One page of one stream."""
    return at.collector.read(access(), "inbox", SWEPT | {"todo": stream})


def paths(at: Stand) -> list[str]:
    return [request.url.path.removeprefix("/2/").removesuffix(".json") for request in requests(at)]


def requests(at: Stand) -> list[httpx.Request]:
    return at.platform.requests


LIVE = LivePost("pst_1", {"platform_post_id": MID}, after(-4 * 3600))
FRESH = LivePost("pst_1", {"platform_post_id": MID}, after(-3600))
COUNTED = SWEPT | {"counted_at": NOW.isoformat(), "seen_at": NOW.isoformat()}


def round_of(at: Stand, cursor: dict[str, str], *live: LivePost) -> tuple[Any, dict[str, str]]:
    """A whole round with these posts live: every page of it, and the cursor after it."""
    pages = []
    for _ in range(50):
        pages.append(at.collector.read(access(), "inbox", cursor, live=live))
        cursor = dict(pages[-1].cursor)
        if not pages[-1].more:
            return pages, cursor
    raise AssertionError("the round never ends")


def counts(number: int, mid: str = MID) -> list[dict[str, int]]:
    return [{"id": int(mid), "comments": number, "reposts": 0, "attitudes": 0}]
