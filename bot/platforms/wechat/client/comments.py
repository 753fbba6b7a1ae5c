"""Readers' comments on one article; there is no push, so they are read page by page.

An article is its msg_data_id and its place in the bundle, counted from 0 here (from 1 elsewhere).
Source: developers.weixin.qq.com/doc/service/api/leaving/, read on 2026-11-23.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.platforms.wechat.client.answers import reading
from bot.platforms.wechat.client.endpoints import (
    COMMENT_ANSWER,
    COMMENT_ANSWER_DELETE,
    COMMENT_CLOSE,
    COMMENT_DELETE,
    COMMENT_LIST,
    COMMENT_OPEN,
    COMMENT_SELECT,
    COMMENT_UNSELECT,
    Endpoint,
)
from bot.platforms.wechat.client.sdk import SdkClient
from bot.platforms.wechat.client.session import Session

PAGE = 49
"""The platform wants fewer than 50."""


MOST_READ = 100 * PAGE
"""How far one comment is searched for; more takes longer than a call may."""


@dataclass(frozen=True)
class ArticlePlace:
    """Which article: `index` counts from 0."""

    msg_data_id: int
    index: int

    @classmethod
    def of(cls, target: str) -> "ArticlePlace":
        """From `<msg_data_id>:<index>`, as replies and streams name it."""
        msg_data_id, _, index = target.partition(":")
        return cls(int(msg_data_id), int(index or 0))

    @property
    def wording(self) -> dict[str, int]:
        """As every call wants it."""
        return {"msg_data_id": self.msg_data_id, "index": self.index}


@dataclass(frozen=True)
class Comment:
    """One comment. `openid` is empty when the writer did not act under a WeChat identity;
    `answer` is the author's own word under it, whichever of its shapes the platform used."""

    id: int
    openid: str
    content: str
    written_at: datetime
    is_elected: bool
    answer: str
    answered_at: datetime | None
    raw: str


@dataclass(frozen=True)
class CommentPage:
    """One page of an article's comments, and how many there are in all."""

    total: int
    comments: tuple[Comment, ...]


def list_comments(session: Session, article: ArticlePlace, *, begin: int) -> CommentPage:
    """A page of comments from `begin`.

    Raises:
        TargetGone: the platform has no comments for this article (88001 for some accounts'
            published articles).
    """
    said: dict[str, Any] = SdkClient(session).material.list_comment(
        article.msg_data_id, article.index, begin, PAGE, 0
    )
    with reading(COMMENT_LIST.path):
        return CommentPage(
            total=int(said.get("total", 0)),
            comments=tuple(_comment(row) for row in said.get("comment", [])),
        )


def set_open(session: Session, article: ArticlePlace, *, is_open: bool) -> None:
    """Let readers comment on an article, or stop them.

    Raises:
        TargetGone: as above. Misconfigured: the account has no comment privilege.
    """
    session.call(COMMENT_OPEN if is_open else COMMENT_CLOSE, article.wording)


def set_selected(session: Session, article: ArticlePlace, comment: int, *, selected: bool) -> None:
    """Show a comment to all readers (精选), or no longer.

    Raises:
        TargetGone: the comment is gone. NotPermitted: too many are selected.
    """
    _ask(session, COMMENT_SELECT if selected else COMMENT_UNSELECT, article, comment)


def delete_comment(session: Session, article: ArticlePlace, comment: int) -> None:
    """Take a comment away.

    Raises:
        TargetGone: it is gone already.
    """
    _ask(session, COMMENT_DELETE, article, comment)


def add_answer(session: Session, article: ArticlePlace, comment: int, text: str) -> None:
    """The author's word under a comment; the platform takes one.

    Raises:
        AlreadyDone: there is one. TargetGone: the comment is gone.
    """
    _ask(session, COMMENT_ANSWER, article, comment, content=text)


def delete_answer(session: Session, article: ArticlePlace, comment: int) -> None:
    """Take the author's word away.

    Raises:
        TargetGone: there is none, or the comment is gone.
    """
    _ask(session, COMMENT_ANSWER_DELETE, article, comment)


def find_comment(session: Session, article: ArticlePlace, comment: int) -> Comment | None:
    """One comment as it stands; there is no call for one, so the pages are read until it comes.

    None means that no page of a whole list had it, although it may have moved between two.
    """
    for begin in range(0, MOST_READ, PAGE):
        page = list_comments(session, article, begin=begin)
        found = next((one for one in page.comments if one.id == comment), None)
        if found is not None or begin + PAGE >= page.total or not page.comments:
            return found
    return None


def _ask(
    session: Session, endpoint: Endpoint, article: ArticlePlace, comment: int, **more: str
) -> None:
    session.call(endpoint, {**article.wording, "user_comment_id": comment, **more})


def _comment(row: dict[str, Any]) -> Comment:
    answer, answered_at = _answer(row.get("reply"))
    return Comment(
        id=int(row["user_comment_id"]),
        openid=str(row.get("openid", "")),
        content=str(row.get("content", "")),
        written_at=datetime.fromtimestamp(int(row.get("create_time", 0)), UTC),
        is_elected=str(row.get("comment_type", 0)) == "1",
        answer=answer,
        answered_at=answered_at,
        raw=orjson.dumps(row).decode(),
    )


def _answer(reply: Any) -> tuple[str, datetime | None]:
    """Absent, one object (today's documentation) or a list of them (older samples)."""
    rows = reply if isinstance(reply, list) else [reply]
    told = [row for row in rows if isinstance(row, dict) and row.get("content")]
    if not told:
        return "", None
    seconds = int(told[-1].get("create_time", 0))
    return str(told[-1]["content"]), datetime.fromtimestamp(seconds, UTC) if seconds else None
