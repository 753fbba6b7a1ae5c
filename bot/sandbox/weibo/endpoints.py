"""The table of addresses the simulated Weibo answers, with who may call each."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.sandbox.weibo import (
    article,
    comments,
    commercial,
    fanservice,
    inbox,
    profile,
    sharing,
    timeline,
    unread,
)
from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.state import World

Handler = Callable[[World, Caller, Call], Any]


class Tier(StrEnum):
    """Which apps may call."""

    ORDINARY = "ordinary"
    CLOSED = "closed"
    """Only apps to which the path was granted by name."""
    COMMERCIAL = "commercial"
    ARTICLE = "article"


@dataclass(frozen=True)
class Endpoint:
    """One address; ``is_post`` is held to the hourly limit of posts."""

    path: str
    method: str
    handler: Handler
    tier: Tier = Tier.ORDINARY
    is_post: bool = False
    is_counted: bool = True


def _biz(endpoint: Endpoint) -> Endpoint:
    path = endpoint.path.replace(".json", "/biz.json")
    return Endpoint(path, endpoint.method, endpoint.handler, Tier.COMMERCIAL, endpoint.is_post)


_ORDINARY = (
    Endpoint("/2/account/get_uid.json", "GET", profile.get_uid),
    Endpoint("/2/account/rate_limit_status.json", "GET", profile.rate_limits, is_counted=False),
    Endpoint("/2/users/show.json", "GET", profile.show),
    Endpoint("/2/users/counts.json", "GET", profile.counts),
    Endpoint("/2/statuses/share.json", "POST", sharing.share, is_post=True),
    Endpoint("/2/statuses/show.json", "GET", timeline.show),
    Endpoint("/2/comments/show.json", "GET", inbox.show),
    Endpoint("/2/comments/timeline.json", "GET", inbox.timeline),
    Endpoint("/2/comments/destroy.json", "POST", comments.destroy),
    Endpoint("/2/statuses/queryid.json", "GET", timeline.queryid),
    Endpoint("/2/statuses/querymid.json", "GET", timeline.querymid),
    Endpoint("/2/statuses/user_timeline/ids.json", "GET", timeline.user_timeline_ids),
    Endpoint("/2/remind/unread_count.json", "GET", unread.unread_count),
    Endpoint("/2/messages/sendall.json", "POST", fanservice.send_all),
    Endpoint("/2/messages/menu/create.json", "POST", fanservice.create_menu),
    Endpoint("/2/messages/menu/show.json", "GET", fanservice.show_menu),
    Endpoint("/2/messages/menu/delete.json", "POST", fanservice.delete_menu),
    Endpoint("/2/eps/push/set_format.json", "POST", fanservice.set_format),
    Endpoint("/2/short_url/shorten.json", "GET", profile.shorten, Tier.CLOSED),
    Endpoint("/2/mss/msget", "GET", fanservice.media, is_counted=False),
)
_BOTH = (
    Endpoint("/2/statuses/user_timeline.json", "GET", timeline.user_timeline),
    Endpoint("/2/statuses/count.json", "GET", timeline.count),
    Endpoint("/2/statuses/destroy.json", "POST", timeline.destroy),
    Endpoint("/2/statuses/mentions.json", "GET", inbox.status_mentions),
    Endpoint("/2/comments/to_me.json", "GET", inbox.to_me),
    Endpoint("/2/comments/by_me.json", "GET", inbox.by_me),
    Endpoint("/2/comments/mentions.json", "GET", inbox.mentions),
    Endpoint("/2/comments/show_batch.json", "GET", inbox.show_batch),
    Endpoint("/2/comments/create.json", "POST", comments.create),
    Endpoint("/2/comments/reply.json", "POST", comments.reply),
    Endpoint("/2/messages/reply.json", "POST", fanservice.reply),
)
_CLOSED = (
    Endpoint("/2/statuses/update.json", "POST", commercial.update, Tier.CLOSED, is_post=True),
    Endpoint("/2/statuses/upload.json", "POST", commercial.upload, Tier.CLOSED, is_post=True),
    Endpoint("/2/statuses/upload_pic.json", "POST", commercial.upload_pic, Tier.CLOSED),
    Endpoint(
        "/2/statuses/upload_url_text.json",
        "POST",
        commercial.upload_url_text,
        Tier.CLOSED,
        is_post=True,
    ),
    Endpoint("/2/statuses/show_batch.json", "GET", timeline.show_batch, Tier.CLOSED),
)
_ARTICLE = Endpoint(
    "/proxy/article/publish.json", "POST", article.publish_article, Tier.ARTICLE, is_post=True
)

ENDPOINTS = {
    one.path: one
    for one in (
        *_ORDINARY,
        *_BOTH,
        *_CLOSED,
        *(_biz(endpoint) for endpoint in (*_BOTH, *_CLOSED)),
        _ARTICLE,
    )
}
"""By path. What is on several hosts in the wild is told apart by its path here."""
