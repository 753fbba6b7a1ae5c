"""Posts, comments and lists as Weibo sends them; unknown keys are ignored, ids kept as text."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.platforms.weibo.moments import moment_of


@dataclass(frozen=True)
class User:
    """An author; a deleted one has no id and no name."""

    uid: str = ""
    name: str = ""

    @classmethod
    def of(cls, body: Any) -> "User":
        """From a profile, a bare uid (`trim_user`), or nothing."""
        if isinstance(body, dict):
            return cls(_id(body) if body.get("id") else "", str(body.get("screen_name") or ""))
        return cls(str(body) if body else "")


@dataclass(frozen=True)
class Status:
    """A post. `text` is unescaped; a long one is cut there and `is_long` says so."""

    id: str
    text: str
    created_at: datetime
    user: User
    source: str = ""
    is_long: bool = False
    is_shown: bool = True
    article_url: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_for_testers_only(self) -> bool:
        """Whether it was posted by an app without review: others do not see it."""
        return "未通过审核应用" in self.source

    @classmethod
    def of(cls, body: Any) -> "Status":
        """Raises KeyError, TypeError or ValueError when it is no post."""
        return cls(
            id=_id(body),
            text=html.unescape(str(body["text"])),
            created_at=moment_of(str(body["created_at"])),
            user=User.of(body.get("user")),
            source=str(body.get("source") or ""),
            is_long=bool(body.get("isLongText")),
            is_shown=_is_shown(body),
            article_url=_article_url(body),
            raw=body,
        )


@dataclass(frozen=True)
class Comment:
    """A comment and the id of the post it stands under (empty when that is gone); `reply_to` is
    the comment it answers, if it answers one."""

    id: str
    text: str
    created_at: datetime
    user: User
    status_id: str
    reply_to: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, body: Any) -> "Comment":
        """Raises KeyError, TypeError or ValueError when it is no comment."""
        return cls(
            id=_id(body),
            text=html.unescape(str(body["text"])),
            created_at=moment_of(str(body["created_at"])),
            user=User.of(body.get("user")),
            status_id=_id_within(body, "status"),
            reply_to=_id_within(body, "reply_comment"),
            raw=body,
        )


def raw_json(body: Mapping[str, Any]) -> str:
    """What arrived, as text; numbers keep all their digits."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _id(body: Mapping[str, Any]) -> str:
    """An int64 as text: it is near 2^53, so it must never become a float."""
    number = int(body.get("idstr") or body["id"])
    return str(number)


def _id_within(body: Mapping[str, Any], name: str) -> str:
    """The id of an object inside this one; empty when it is gone or was never there."""
    inner = body.get(name)
    return _id(inner) if isinstance(inner, dict) and inner.get("id") else ""


def _is_shown(body: Mapping[str, Any]) -> bool:
    """Not deleted, not hidden, not private; `deleted` and `state` are seen but undocumented."""
    visible = body.get("visible")
    kind = visible.get("type", 0) if isinstance(visible, dict) else 0
    return not any(str(one or "0") != "0" for one in (body.get("deleted"), body.get("state"), kind))


def _article_url(body: Mapping[str, Any]) -> str:
    for one in body.get("url_objects") or ():
        about = one.get("info") if isinstance(one, dict) else None
        for url in (about or {}).get("url_long"), one.get("url_ori"):
            if isinstance(url, str) and "/ttarticle/p/show?id=" in url:
                return url
    return ""
