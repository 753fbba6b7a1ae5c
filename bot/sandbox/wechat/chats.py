"""What a follower sees of their conversation with an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.page import render
from bot.sandbox.wechat.state import Account, Line, World

VIA = {"passive": "自动回复", "custom": "客服消息", "notice": "系统提示", "mass": "群发"}


@dataclass(frozen=True)
class Bubble:
    """One line of the conversation as its reader sees it."""

    who: str
    text: str
    url: str
    at: float


class Chats:
    """The conversations of every account."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """Return the page of one conversation."""
        return [Route("/followers/{account}/{openid}", self.chat)]

    def addresses(self, account: Account) -> tuple[tuple[str, str], ...]:
        """Return name and address of every conversation in which something was said."""
        base = f"{self._world.stage.public_base}/followers/{account.spec.name}"
        return tuple(
            (one.openid, f"{base}/{one.openid}") for one in account.followers.values() if one.lines
        )

    async def chat(self, request: Request) -> Response:
        """Show who said what, oldest first."""
        account = self._world.accounts.get(request.path_params["account"])
        follower = account.followers.get(request.path_params["openid"]) if account else None
        if account is None or follower is None:
            return render("gone.html", status=404, title="没有这位关注者", reason="请检查地址")
        return render(
            "chat.html",
            account=account.spec.name,
            openid=follower.openid,
            is_subscribed=follower.is_subscribed,
            lines=[_bubble(line) for line in follower.lines],
        )


def _bubble(line: Line) -> Bubble:
    who = "关注者" if line.is_from_follower else VIA.get(line.via, line.via)
    text, url = _said(line.content)
    return Bubble(who, text or f"［{line.type}］", url, line.at)


def _said(content: Any) -> tuple[str, str]:
    """Words and link, wherever a message of this type has them."""
    if isinstance(content, str):
        return content, ""
    if isinstance(content, list):
        return _said(content[0] if content else "")
    if not isinstance(content, dict):
        return "", ""
    for part in ("articles", "item"):
        if part in content:
            return _said(content[part])
    named = {str(name).lower(): value for name, value in content.items()}
    text = named.get("content") or named.get("title") or named.get("head_content") or ""
    return str(text), str(named.get("url", ""))
