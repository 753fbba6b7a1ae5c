"""Collecting what followers write where Weibo does not push: comments and mentions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import NotPermitted
from bot.domain.replies.reply import Incoming
from bot.platforms.weibo.addresses import id_at, id_earlier
from bot.platforms.weibo.client import comments
from bot.platforms.weibo.client.comments import Span
from bot.platforms.weibo.client.session import Link, Session
from bot.platforms.weibo.inbox_cursor import InboxCursor, StreamCursor
from bot.platforms.weibo.inbox_streams import (
    COMMENT_MENTIONS,
    COMMENTS_TO_ME,
    MENTIONS,
    READERS,
)
from bot.ports.clock import Clock
from bot.ports.platform import CollectedPage, LivePost
from bot.ports.tokens import CallBudgets, TokenStore

INBOX = "inbox"

FIRST_REACH = timedelta(days=3)
"""How far back the first reading of a stream goes."""
OVERLAP = timedelta(hours=1)
"""Read again each time: a comment that had to be approved first appears late, with an old id."""
SWEEP_EVERY = timedelta(hours=6)
"""The unread counters fall to nothing when somebody reads on the web page, so now and then every
stream is read whatever they say."""
_SECONDS = 15.0


@dataclass(frozen=True)
class WeiboCollector:
    """Implements `bot.ports.platform.Collector`, with as few of the 100 calls a day as it can.

    The stream `inbox` asks for the unread counters (one call) and then reads, a page a call,
    only the streams with something new. Each of those can also be read by its own name.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def streams(self, account: Account, live: Sequence[LivePost]) -> tuple[str, ...]:  # noqa: ARG002
        """One stream for all; it does not depend on which posts are live."""
        return (INBOX,)

    def read(self, access: AccountAccess, stream: str, cursor: Mapping[str, str]) -> CollectedPage:
        """One step through the inbox, or one page of a single stream.

        Raises:
            PlatformError: nothing was read; the cursor stays.
        """
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        session = link.session(access, seconds=_SECONDS, purpose=Purpose.READING)
        if stream != INBOX:
            incoming, after = self._page(session, stream, StreamCursor.parse(cursor, stream))
            return CollectedPage(incoming, after.fields(stream), more=after.is_midway)
        inbox = InboxCursor.parse(cursor)
        return self._next(session, inbox) if inbox.todo else self._probe(session, inbox)

    def _probe(self, session: Session, inbox: InboxCursor) -> CollectedPage:
        now = self.clock.now()
        if inbox.swept_at is None or now - inbox.swept_at >= SWEEP_EVERY:
            inbox = replace(inbox, todo=tuple(READERS), swept_at=now, refused={})
        else:
            todo = tuple(name for name in self._unread(session) if name not in inbox.refused)
            inbox = replace(inbox, todo=todo)
        return CollectedPage((), inbox.fields(), more=bool(inbox.todo))

    def _unread(self, session: Session) -> tuple[str, ...]:
        """The streams with something new; all of them when the counters may not be read."""
        uid = session.access.account.options.get("uid", "")
        try:
            unread = comments.unread_count(session, uid)
        except NotPermitted:
            return tuple(READERS)
        counts = {
            COMMENTS_TO_ME: unread.comments,
            MENTIONS: unread.mentions,
            COMMENT_MENTIONS: unread.comment_mentions,
        }
        return tuple(name for name, count in counts.items() if count)

    def _next(self, session: Session, inbox: InboxCursor) -> CollectedPage:
        """A page of the first stream to do. One the app may not read does not block the others:
        it is set aside until the next sweep, and the cursor says why."""
        name, rest = inbox.todo[0], inbox.todo[1:]
        try:
            incoming, after = self._page(session, name, inbox.stream(name))
        except NotPermitted as error:
            refused = {**inbox.refused, name: error.code}
            if len(refused) == len(READERS):
                raise
            inbox = replace(inbox, todo=rest, refused=refused)
            return CollectedPage((), inbox.fields(), more=bool(rest))
        todo = inbox.todo if after.is_midway else rest
        inbox = replace(inbox.with_stream(name, after), todo=todo)
        return CollectedPage(incoming, inbox.fields(), more=bool(todo))

    def _page(
        self, session: Session, name: str, at: StreamCursor
    ) -> tuple[tuple[Incoming, ...], StreamCursor]:
        at = at if at.since else replace(at, since=id_at(self.clock.now() - FIRST_REACH))
        span = Span(id_earlier(at.since, OVERLAP), at.max_id)
        batch = READERS[name](session, span)
        return batch.incoming, at.after_page(batch.ids, batch.next_max_id)
