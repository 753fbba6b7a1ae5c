"""Beside the route on Weibo: a post is taken down; nothing else is offered to a server."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import Explanation, NotPermitted, TargetGone
from bot.platforms.weibo.client.deleting import delete_post
from bot.platforms.weibo.client.session import Link
from bot.ports.clock import Clock
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 20.0


@dataclass(frozen=True)
class WeiboAftercare:
    """Implements `bot.ports.aftercare.Aftercare`. Shared between threads.

    Of a headline article no deletion is documented, so it and its companion post are left to a
    person together.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def take_down(
        self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0
    ) -> Mapping[str, str]:
        """By the post's id; a post has no single articles to take away."""
        post = evidence.get("platform_post_id", "")
        if access.account.mode is Mode.ARTICLE or article or not post:
            raise NotPermitted("weibo: this is taken down by hand", explanation=_BY_HAND)
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        session = link.session(access, seconds=_SECONDS, purpose=Purpose.PUBLISHING)
        try:
            delete_post(session, post)
        except TargetGone as gone:
            return {"taken_down": "all", "was_down_already": gone.code}
        return {"taken_down": "all"}

    def _not_offered(self, *_asked: object, **_more: object) -> None:
        raise NotPermitted("Weibo does not offer this to a server", explanation=_NOT_OFFERED)

    def mass_speed(self, access: AccountAccess) -> int:  # noqa: ARG002
        """Weibo has none."""
        raise NotPermitted("Weibo does not offer this to a server", explanation=_NOT_OFFERED)

    send_preview = set_mass_speed = _not_offered


_BY_HAND = Explanation(
    "微博没有向系统开放这一项删除",
    "请用发布的账号登录微博，找到以后删除",
    "编辑",
)
_NOT_OFFERED = Explanation("微博没有向系统开放这项操作", "请到微博网页处理", "编辑")
