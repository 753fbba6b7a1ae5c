"""Looking after comments on Weibo: only our own words can be taken away through the interface."""

from dataclasses import dataclass, replace

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import Explanation, NotPermitted, TargetGone
from bot.platforms.weibo.client import answering, comments
from bot.platforms.weibo.client.session import Link
from bot.ports.clock import Clock
from bot.ports.commenting import COMMENT_GONE, CommentPlace
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 20.0
_NO_COMMENT = "20201"


@dataclass(frozen=True)
class WeiboCommentDesk:
    """Implements `bot.ports.commenting.CommentDesk`. Shared between threads.

    Weibo offers a server neither the choice of comments (精选) nor taking away those of others
    (20203), nor closing them under a post; all that is done on the web page.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def _by_hand(self, *_asked: object, **_more: object) -> None:
        raise NotPermitted("Weibo does not offer this to a server", explanation=_ON_THE_WEB_PAGE)

    open = close = select = unselect = delete = _by_hand

    def delete_answer(self, access: AccountAccess, place: CommentPlace) -> None:
        """Every word of ours under this comment; where there is none, there is none as wished."""
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        session = link.session(access, seconds=_SECONDS, purpose=Purpose.ANSWERING)
        for one in comments.own_comments(session).items:
            if place.comment not in {one.reply_to, one.status_id}:
                continue
            try:
                answering.delete_own_comment(session, one.id)
            except TargetGone as gone:
                if gone.code != _NO_COMMENT:
                    raise


def named_gone(error: TargetGone) -> TargetGone:
    """The error, saying so where the comment itself is gone, not its post."""
    if error.code != _NO_COMMENT:
        return error
    return replace(error, evidence={**error.evidence, COMMENT_GONE: error.code})


_ON_THE_WEB_PAGE = Explanation(
    "微博没有向系统开放这项操作",
    "请用该账号登录微博网页，在评论管理里处理",
    "留言专员",
)
