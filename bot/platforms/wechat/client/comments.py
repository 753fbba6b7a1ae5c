"""Readers' comments on one article; there is no push, so they are read page by page."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.platforms.wechat.client.answers import reading
from bot.platforms.wechat.client.endpoints import COMMENT_LIST
from bot.platforms.wechat.client.sdk import SdkClient
from bot.platforms.wechat.client.session import Session

PAGE = 49
"""The platform wants fewer than 50."""


@dataclass(frozen=True)
class Comment:
    """One comment. `openid` is empty when the writer did not act under a WeChat identity;
    `replies` are the author's own answers, whichever of its shapes the platform used."""

    id: int
    openid: str
    content: str
    written_at: datetime
    is_elected: bool
    replies: tuple[str, ...]
    raw: str


@dataclass(frozen=True)
class CommentPage:
    """One page of an article's comments, and how many there are in all."""

    total: int
    comments: tuple[Comment, ...]


def list_comments(session: Session, msg_data_id: str, index: int, *, begin: int) -> CommentPage:
    """A page of comments from `begin`; `index` is the article's place, counted from 0.

    Raises:
        TargetGone: the platform has no comments for this article (88001 for some accounts'
            published articles).
    """
    said: dict[str, Any] = SdkClient(session).material.list_comment(
        int(msg_data_id), index, begin, PAGE, 0
    )
    with reading(COMMENT_LIST.path):
        return CommentPage(
            total=int(said.get("total", 0)),
            comments=tuple(_comment(row) for row in said.get("comment", [])),
        )


def _comment(row: dict[str, Any]) -> Comment:
    return Comment(
        id=int(row["user_comment_id"]),
        openid=str(row.get("openid", "")),
        content=str(row.get("content", "")),
        written_at=datetime.fromtimestamp(int(row.get("create_time", 0)), UTC),
        is_elected=str(row.get("comment_type", 0)) == "1",
        replies=_replies(row.get("reply")),
        raw=orjson.dumps(row).decode(),
    )


def _replies(reply: Any) -> tuple[str, ...]:
    """Absent, one object (today's documentation) or a list of them (older samples)."""
    rows = reply if isinstance(reply, list) else [reply]
    return tuple(str(row.get("content", "")) for row in rows if isinstance(row, dict))
