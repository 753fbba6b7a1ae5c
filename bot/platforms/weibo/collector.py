"""Collecting what followers write where Weibo does not push: comments and mentions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.authorisation import (
    ASK_AGAIN,
    ASKED_AT,
    STREAM,
    TOLD_AT,
    may_collect,
)
from bot.domain.accounts.budgets import Purpose, next_budget_day
from bot.domain.accounts.pacing import calls_for_figures, next_look
from bot.domain.errors import CredentialExpired, NotPermitted
from bot.platforms.weibo import inbox_rounds as rounds
from bot.platforms.weibo.addresses import id_at, id_earlier
from bot.platforms.weibo.checking import keep_life
from bot.platforms.weibo.client import comments
from bot.platforms.weibo.client.account import token_facts
from bot.platforms.weibo.client.comments import Span
from bot.platforms.weibo.client.hosts import Host, is_commercial
from bot.platforms.weibo.client.session import Link, Session, budget_for
from bot.platforms.weibo.errors import error_table
from bot.platforms.weibo.inbox_cursor import InboxCursor, StreamCursor
from bot.platforms.weibo.inbox_posts import count_comments, done, read_under, see_posts
from bot.platforms.weibo.inbox_streams import (
    COMMENT_MENTIONS,
    COMMENTS_TO_ME,
    MENTIONS,
    READERS,
    Batch,
)
from bot.platforms.weibo.statistics import CALLS_A_MORNING
from bot.ports.clock import Clock
from bot.ports.platform import CollectedPage, LivePost
from bot.ports.tokens import CallBudgets, TokenStore

INBOX = "inbox"
FIXED_INTERVAL = "collect_seconds"
"""The account option that takes the place of the planner's next visit."""
ASK_ABOUT_TOKEN_EVERY = timedelta(hours=24)

FIRST_REACH = timedelta(days=3)
"""How far back the first reading of a stream goes."""
OVERLAP = timedelta(hours=1)
"""Read again each time: a comment that had to be approved first appears late, with an old id.
Later ones are found by counting."""
KEPT_FOR_ANSWERS = 6
"""Calls of the day that collecting leaves to answers, beside the reserve of publishing."""
COMMERCIAL_EVERY = timedelta(minutes=5)
"""Under a commercial contract calls are plenty; its pages advise three to five minutes."""
_SECONDS = 15.0
_ONLY_TOKEN = timedelta(hours=6)
_TAKEN_BACK = "21319"


@dataclass(frozen=True)
class WeiboCollector:
    """Implements `bot.ports.platform.Collector`, with as few of the 100 calls a day as it can.

    Under a commercial contract every visit reads all streams on that contract's host. Otherwise
    the stream `inbox` asks for the unread counters (one call) and then reads, a page a call,
    only the streams with something new; now and then it counts the comments of all our posts
    (one call) and reads those under a post that has more than we know of. `authorisation` asks
    once a day how long the token still lives, also where nothing may be collected.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def streams(self, account: Account, live: Sequence[LivePost]) -> tuple[str, ...]:  # noqa: ARG002
        """They do not depend on which posts are live."""
        return (STREAM, INBOX) if may_collect(account) else (STREAM,)

    def next_visit(self, account: Account, *, now: datetime, posts: Sequence[datetime]) -> datetime:
        """As the calls that are left allow; the account option `collect_seconds` fixes it."""
        if FIXED_INTERVAL in account.options:
            return now + timedelta(seconds=float(account.options[FIXED_INTERVAL]))
        if not may_collect(account):
            return now + _ONLY_TOKEN
        if is_commercial(account):
            left = self.budgets.remaining(account.id, budget_for(account, Host.COMMERCIAL))
            return now + COMMERCIAL_EVERY if left > len(READERS) else next_budget_day(now)
        budget = budget_for(account, Host.API)
        kept = budget.reserve + KEPT_FOR_ANSWERS + calls_for_figures(now, a_morning=CALLS_A_MORNING)
        left = self.budgets.remaining(account.id, budget) - kept
        return next_look(now, left=left, posts=posts)

    def read(
        self,
        access: AccountAccess,
        stream: str,
        cursor: Mapping[str, str],
        *,
        live: Sequence[LivePost] = (),
    ) -> CollectedPage:
        """One step through the inbox, or the daily question about the token.

        Raises:
            PlatformError: nothing was read; the cursor stays.
        """
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        if stream == STREAM:
            return self._ask_about_token(link, access, cursor)
        session = link.session(access, seconds=_SECONDS, purpose=Purpose.READING)
        inbox = InboxCursor.parse(cursor)
        if not inbox.todo:
            return self._probe(session, inbox, live)
        name = inbox.todo[0]
        if name == rounds.COUNTS:
            return count_comments(session, inbox, live)
        if name == rounds.TIMELINE:
            return see_posts(session, inbox, live)
        if name.startswith((rounds.UNDER, rounds.DEEPER)):
            return read_under(session, inbox)
        return self._next(session, inbox)

    def _ask_about_token(
        self, link: Link, access: AccountAccess, cursor: Mapping[str, str]
    ) -> CollectedPage:
        """Once a day; sooner where somebody told us that the authorisation was taken back. Since
        that could be anybody, it is not asked with what is kept for publishing."""
        now = self.clock.now()
        is_told = TOLD_AT in cursor
        every = ASK_AGAIN if is_told else ASK_ABOUT_TOKEN_EVERY
        asked_at = cursor.get(ASKED_AT, "")
        if asked_at and now - datetime.fromisoformat(asked_at) < every:
            return CollectedPage((), cursor)
        purpose = Purpose.CHECKING if is_told else Purpose.AUTHORISING
        session = link.session(access, seconds=_SECONDS, purpose=purpose)
        try:
            facts = token_facts(session)
        except CredentialExpired as dead:
            if is_told:
                dead.explanation = error_table().codes[_TAKEN_BACK].explanation
            raise
        keep_life(session, facts)
        return CollectedPage((), {ASKED_AT: now.isoformat()})

    def _probe(
        self, session: Session, inbox: InboxCursor, live: Sequence[LivePost]
    ) -> CollectedPage:
        now = self.clock.now()
        if inbox.swept_at is None or now - inbox.swept_at >= rounds.SWEEP_EVERY:
            todo = tuple(READERS)
            inbox = replace(inbox, swept_at=now, refused={}, straight=0)
        elif is_commercial(session.access.account):
            todo = tuple(name for name in READERS if name not in inbox.refused)
        elif self._goes_straight(session, inbox, live):
            todo = (COMMENTS_TO_ME,)
            inbox = replace(inbox, straight=inbox.straight + 1)
        else:
            todo = tuple(name for name in self._unread(session) if name not in inbox.refused)
            inbox = replace(inbox, straight=0)
        inbox = replace(inbox, todo=(*todo, *rounds.extras(inbox, live, now)))
        return CollectedPage((), inbox.fields(), more=bool(inbox.todo))

    def _goes_straight(
        self, session: Session, inbox: InboxCursor, live: Sequence[LivePost]
    ) -> bool:
        """Where an interval is fixed, every round asks what is new: mentions wait for none."""
        is_fixed = FIXED_INTERVAL in session.access.account.options
        may_read = COMMENTS_TO_ME not in inbox.refused
        return may_read and not is_fixed and rounds.goes_straight(inbox, live, self.clock.now())

    def _unread(self, session: Session) -> tuple[str, ...]:
        """The streams with something new; all of them when the counters may not be read."""
        uid = session.access.account.options.get("uid", "")
        try:
            unread = comments.unread_count(session.spent_on(Purpose.PROBING), uid)
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
        at = inbox.stream(name)
        try:
            batch, after = self._page(session, name, at)
        except NotPermitted as error:
            refused = {**inbox.refused, name: error.code}
            if len(refused) == len(READERS):
                raise
            return done(replace(inbox, refused=refused), rest)
        if name == COMMENTS_TO_ME:
            inbox = inbox.with_more(_uncounted(batch, at, inbox.counted_at))
        inbox = inbox.with_stream(name, after)
        return done(inbox, inbox.todo if after.is_midway else rest, batch.incoming)

    def _page(self, session: Session, name: str, at: StreamCursor) -> tuple[Batch, StreamCursor]:
        at = at if at.since else replace(at, since=id_at(self.clock.now() - FIRST_REACH))
        batch = READERS[name](session, Span(id_earlier(at.since, OVERLAP), at.max_id))
        return batch, at.after_page(batch.ids, batch.next_max_id)


def _uncounted(batch: Batch, at: StreamCursor, counted_at: datetime | None) -> list[str]:
    """The posts under which comments stand that no counting has included: one too many here would
    hide one that is approved late, one too few only costs a call."""
    return [
        one.target
        for one in batch.incoming
        if int(one.platform_id) > at.since and (counted_at is None or one.said_at > counted_at)
    ]
