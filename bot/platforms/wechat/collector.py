"""Collecting article comments, which WeChat never pushes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import TargetGone
from bot.domain.replies.comment import CommentSeen
from bot.domain.replies.reply import Channel, Incoming, ReplyKind
from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client.comments import PAGE, ArticlePlace, Comment, list_comments
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.sweeping import Sweep
from bot.ports.clock import Clock
from bot.ports.platform import CollectedPage, LivePost
from bot.ports.tokens import CallBudgets, TokenStore

READ_SECONDS = 10.0
EVERY_SECONDS = 600.0
_PREFIX = "comments"
_UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class WechatCollector:
    """Implements `bot.ports.platform.Collector`: one stream an article, `comments:<id>:<index>`.

    The order of comments is not promised, so a change of the total starts a sweep over all
    pages, and rows above the highest id of the last whole sweep are new. Without a change the
    first page is read, and all of them every six hours: the author's words and the selection
    change without the total.
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

    def next_visit(
        self,
        account: Account,
        *,
        now: datetime,
        posts: Sequence[datetime],  # noqa: ARG002
    ) -> datetime:
        """At the account's interval; calls are many here."""
        return now + timedelta(seconds=float(account.options.get("collect_seconds", EVERY_SECONDS)))

    def read(
        self,
        access: AccountAccess,
        stream: str,
        cursor: Mapping[str, str],
        *,
        live: Sequence[LivePost] = (),  # noqa: ARG002
    ) -> CollectedPage:
        """The next page of an article's comments.

        An article the platform has no comments for (88001: some that were published, not
        mass-sent) is marked in its cursor and not asked for again.
        """
        if _UNAVAILABLE in cursor:
            return CollectedPage((), cursor)
        try:
            return self._page(access, stream, Sweep.of(cursor))
        except TargetGone as gone:
            return CollectedPage((), {_UNAVAILABLE: gone.code})

    def _page(self, access: AccountAccess, stream: str, at: Sweep) -> CollectedPage:
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        line = Line(self.http, keeper, self.budgets, self.clock)
        session = Session(line, access, Deadline(READ_SECONDS), publishing=False)
        article = stream.removeprefix(f"{_PREFIX}:")
        page = list_comments(session, ArticlePlace.of(article), begin=at.begin)
        fresh = [comment for comment in page.comments if comment.id > at.swept]
        after = at.after(
            ids=[comment.id for comment in page.comments],
            total=page.total,
            page=PAGE,
            has_fresh=bool(fresh),
            now=self.clock.now(),
        )
        return CollectedPage(
            tuple(_incoming(access.account, article, comment) for comment in fresh),
            after.sweep.written(),
            more=after.more,
            seen=tuple(_seen(article, comment) for comment in page.comments),
            gone=tuple(_key(article, number) for number in after.gone),
        )


def _streams_of(post: LivePost) -> list[str]:
    msg_data_id = post.platform_ids.get(evidence.MSG_DATA_ID, "")
    if not msg_data_id.isdecimal():
        return []
    articles = int(post.platform_ids.get(evidence.ARTICLES, 1))
    return [f"{_PREFIX}:{msg_data_id}:{index}" for index in range(articles)]


def _incoming(account: Account, article: str, comment: Comment) -> Incoming:
    return Incoming(
        account=account.id,
        channel=Channel.WECHAT_COMMENT,
        kind=ReplyKind.COMMENT,
        key=_key(article, comment.id),
        sender=comment.openid,
        text=comment.content,
        said_at=comment.written_at,
        raw=comment.raw,
        type_name="elected" if comment.is_elected else "ordinary",
        target=article,
        platform_id=str(comment.id),
    )


def _seen(article: str, comment: Comment) -> CommentSeen:
    return CommentSeen(
        key=_key(article, comment.id),
        is_selected=comment.is_elected,
        author_reply=comment.answer,
        author_replied_at=comment.answered_at,
    )


def _key(article: str, number: int) -> str:
    return f"comment:{article}:{number}"
