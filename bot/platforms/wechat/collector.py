"""Collecting article comments, which WeChat never pushes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import TargetGone
from bot.domain.replies.reply import Channel, Incoming, ReplyKind
from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client.comments import PAGE, Comment, list_comments
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.ports.clock import Clock
from bot.ports.platform import CollectedPage, LivePost
from bot.ports.tokens import CallBudgets, TokenStore

READ_SECONDS = 10.0
_PREFIX = "comments"
_UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class WechatCollector:
    """Implements `bot.ports.platform.Collector`: one stream an article, `comments:<id>:<index>`.

    The order of comments is not promised, so a change of the total starts a sweep over all
    pages, and rows above the highest id of the last whole sweep are new.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def streams(self, account: Account, live: Sequence[LivePost]) -> tuple[str, ...]:
        """The articles of live posts, newest first; none without the comment privilege."""
        if not account.comment_privilege:
            return ()
        newest_first = sorted(live, key=lambda post: post.published_at, reverse=True)
        return tuple(name for post in newest_first for name in _streams_of(post))

    def read(self, access: AccountAccess, stream: str, cursor: Mapping[str, str]) -> CollectedPage:
        """The next page of an article's comments.

        An article the platform has no comments for (88001: some that were published, not
        mass-sent) is marked in its cursor and not asked for again.
        """
        if _UNAVAILABLE in cursor:
            return CollectedPage((), cursor)
        try:
            return self._page(access, stream, _Cursor.of(cursor))
        except TargetGone as gone:
            return CollectedPage((), {_UNAVAILABLE: gone.code})

    def _page(self, access: AccountAccess, stream: str, at: "_Cursor") -> CollectedPage:
        _, msg_data_id, index = stream.split(":")
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        line = Line(self.http, keeper, self.budgets, self.clock)
        session = Session(line, access, Deadline(READ_SECONDS), publishing=False)
        page = list_comments(session, msg_data_id, int(index), begin=at.begin)
        fresh = [comment for comment in page.comments if comment.id > at.swept]
        incoming = tuple(_incoming(access.account, stream, comment) for comment in fresh)
        highest = max((comment.id for comment in page.comments), default=0)
        is_last = at.begin + PAGE >= page.total or not page.comments
        nothing_new = at.begin == 0 and page.total == at.total and not fresh
        if is_last or nothing_new:
            done = _Cursor(0, max(at.swept, at.highest, highest), 0, page.total)
            return CollectedPage(incoming, done.written())
        onward = _Cursor(at.begin + PAGE, at.swept, max(at.highest, highest), at.total)
        return CollectedPage(incoming, onward.written(), more=True)


@dataclass(frozen=True)
class _Cursor:
    """Where the sweep is, the highest id of the last whole one and of this one, the last total."""

    begin: int = 0
    swept: int = 0
    highest: int = 0
    total: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> "_Cursor":
        names = ("begin", "swept", "highest", "total")
        return cls(*(int(stored.get(name, 0)) for name in names))

    def written(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items()}


def _streams_of(post: LivePost) -> list[str]:
    msg_data_id = post.platform_ids.get(evidence.MSG_DATA_ID, "")
    if not msg_data_id.isdecimal():
        return []
    articles = int(post.platform_ids.get(evidence.ARTICLES, 1))
    return [f"{_PREFIX}:{msg_data_id}:{index}" for index in range(articles)]


def _incoming(account: Account, stream: str, comment: Comment) -> Incoming:
    article = stream.removeprefix(f"{_PREFIX}:")
    return Incoming(
        account=account.id,
        channel=Channel.WECHAT_COMMENT,
        kind=ReplyKind.COMMENT,
        key=f"comment:{article}:{comment.id}",
        sender=comment.openid,
        text=comment.content,
        said_at=comment.written_at,
        raw=comment.raw,
        type_name="elected" if comment.is_elected else "ordinary",
        target=article,
        platform_id=str(comment.id),
    )
