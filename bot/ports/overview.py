"""Read models: what pages, lists and reports show, one query each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import QuietPeriod
from bot.domain.replies.handling import BECAME_NAMES, Became, Handling, SetAside, case_told
from bot.domain.replies.reply import ReplyKind
from bot.ports.calendar_overview import CalendarOverview
from bot.ports.case_overview import CaseOverview
from bot.ports.ledger import LedgerOverview
from bot.ports.question_overview import QuestionOverview
from bot.ports.statistics import StatisticsOverview


@dataclass(frozen=True)
class ReleaseRow:
    """A release in a list."""

    id: str
    version: int
    title: str
    document_number: str | None
    issuing_bodies: tuple[str, ...]
    issued_on: date | None
    published_on: date | None
    state: str
    received_at: datetime
    interpretations: int
    posts: int
    live: int
    held: int


@dataclass(frozen=True)
class PostRow:
    """A post in a list; its delivery's facts beside it. Latency is due → accepted."""

    id: str
    revision: int
    release_id: str
    release_title: str
    rollout_id: str
    account_id: str
    account_name: str
    platform: str
    mode: str
    kind: str
    title: str
    state: str
    delivery_id: str | None
    delivery_state: str | None
    due_at: datetime | None
    accepted_at: datetime | None
    published_at: datetime | None
    seen_at: datetime | None
    urls: tuple[str, ...]
    hold_reason: str
    approved_by: str | None
    review_step: str | None = None
    """The step that a post in review waits for."""
    involved: tuple[str, ...] = ()
    """Logins of those who may take none."""
    keeper: str = ""
    """Who writes it, by login; empty where nobody has put a hand on it."""

    @property
    def lateness_seconds(self) -> float | None:
        """How long after its due time the platform accepted it; None before that."""
        if self.accepted_at is None or self.due_at is None:
            return None
        return (self.accepted_at - self.due_at).total_seconds()


@dataclass(frozen=True)
class ReplyRow:
    """A reply in a list."""

    id: str
    account_id: str
    account_name: str
    platform: str
    channel: str
    kind: str
    type_name: str
    sender: str
    sender_name: str
    text: str
    said_at: datetime
    received_at: datetime
    answered_by_rule: str | None
    answer_text: str
    post_id: str | None
    post_title: str | None
    times_received: int
    is_known_type: bool
    answered_by_staff: bool = False
    """Somebody wrote back: what they wrote has arrived, may have, or is on its way."""
    erased: bool = False
    """Only a tombstone is left."""
    case_id: str | None = None
    case_number: str | None = None
    case_state: str | None = None
    """Of the case that it became."""
    set_aside: SetAside | None = None
    """Somebody said that it needs no answer; of no account where it was answered or taken up."""

    @property
    def became(self) -> Became:
        """What became of it so far. An event, or what was erased, waits for nobody."""
        if self.case_id is not None:
            return Became.TAKEN_UP
        if self.answered_by_rule is not None:
            return Became.ANSWERED_BY_RULE
        if self.answered_by_staff:
            return Became.ANSWERED_BY_STAFF
        if self.erased or self.kind == ReplyKind.EVENT:
            return Became.NOTHING
        return Became.WAITS if self.set_aside is None else Became.SET_ASIDE

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it, taken it up or set it aside."""
        return self.became is Became.WAITS

    @property
    def needs_none(self) -> bool:
        """Whether somebody said that it needs no answer, and nobody dealt with it all the same."""
        return self.became is Became.SET_ASIDE

    @property
    def became_told(self) -> str:
        """What became of it, as staff say; empty where nothing had to."""
        return case_told(self.case_state) if self.case_state else BECAME_NAMES[self.became]


@dataclass(frozen=True)
class CoverageRow:
    """One release against every channel: account id → post state, delivery state, or missing;
    `live_at` says since when it is public on those that it is or was public on."""

    release_id: str
    title: str
    issued_on: date | None
    published_on: date | None
    received_at: datetime
    interpretations: int
    cells: Mapping[str, str]
    live_at: Mapping[str, datetime]

    @property
    def first_live_at(self) -> datetime | None:
        """Since when it is public anywhere; None while it is not."""
        return min(self.live_at.values(), default=None)


@dataclass(frozen=True)
class AccountRow:
    """One account's health in one line.

    `trouble` says why its posts wait, `calls` what the running platform day's calls were spent
    on, by purpose, `commercial_calls` how many there were under a commercial contract, which
    counts apart; `collects` whether comments are read and kept.
    """

    id: str
    name: str
    platform: str
    mode: str
    enabled: bool
    stopped: bool
    last_published_at: datetime | None
    waiting: int
    held: int
    token_expires_at: datetime | None
    trouble: str = ""
    calls: Mapping[str, int] = field(default_factory=dict)
    commercial_calls: int = 0
    collects: bool = True


@dataclass(frozen=True)
class CommentsOfPost:
    """How many comments the platform counts under a post, since when we know, and how many of
    followers have been received."""

    counted: int
    counted_at: datetime
    received: int

    @property
    def missing(self) -> int:
        """How many more the platform counts."""
        return max(0, self.counted - self.received)


@dataclass(frozen=True)
class ReplyFilter:
    """What to show of the replies; None means everything.

    `search` finds what a scan for these words in text and sender's name would find, blind to
    width, case and spaces. `since` and `until` (exclusive) are about when it was received.
    `handling` says what became of them.
    `unsure` asks for those with an answer of which a person must say whether it arrived. `after`
    goes on behind a reply that was listed before under the same filter. `department` asks for
    those whose case it has, `case_states` for those whose case is in one of these, `release` for
    those under any of its posts.
    """

    account: str | None = None
    channel: str | None = None
    handling: Handling | None = None
    search: str = ""
    sender: str | None = None
    id: str | None = None
    unsure: bool = False
    kind: str | None = None
    post: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: str = ""
    department: str | None = None
    case_states: tuple[str, ...] = ()
    release: str | None = None


@dataclass(frozen=True)
class WorkFigures:
    """How much work stands where, for alarms and graphs.

    `posts` counts the posts by publishing state: their own, from `scheduled` on that of their
    delivery. `calls` are those of the running platform day by account name and bucket.
    """

    posts: Mapping[str, int]
    overdue: int
    due_without_lease: int
    replies_last_hour: Mapping[str, int]
    calls: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class TouchedPost:
    """A post that was due in an outage at `due_then`, or was being sent when it began."""

    post: PostRow
    due_then: datetime
    was_sending: bool

    @property
    def lateness_seconds(self) -> float | None:
        """How long after the time it had then it came out; None while it has not."""
        if self.post.accepted_at is None:
            return None
        return (self.post.accepted_at - self.due_then).total_seconds()


@dataclass(frozen=True)
class OutageRow:
    """An outage with everything it touched, in the order of their times."""

    outage: Outage
    posts: tuple[TouchedPost, ...]


class Overview(
    StatisticsOverview,
    CaseOverview,
    QuestionOverview,
    CalendarOverview,
    LedgerOverview,
    Protocol,
):
    """Queries behind pages and the API; each opens and ends its own read transaction."""

    def releases(
        self, *, search: str = "", state: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[ReleaseRow]: ...

    def posts(
        self,
        *,
        release: str = "",
        account: str = "",
        states: Sequence[str] = (),
        delivery_states: Sequence[str] = (),
        review_steps: Sequence[str] = (),
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[PostRow]: ...

    def posts_out(self, releases: Sequence[str]) -> Sequence[PostRow]:
        """Posts of these releases that have gone out, by account."""
        ...

    def posts_due(
        self,
        *,
        since: datetime,
        until: datetime,
        account: str = "",
        after: PostRow | None = None,
        limit: int = 500,
    ) -> Sequence[PostRow]:
        """What the calendar shows from `since` to before `until`, the first due first, going on
        behind a post that was listed before."""
        ...

    def upcoming(self, *, limit: int = 6) -> Sequence[PostRow]: ...
    def replies(
        self, wanted: ReplyFilter, *, limit: int = 50, offset: int = 0
    ) -> Sequence[ReplyRow]:
        """The newest first. Long lists are paged by `wanted.after`; an offset costs what it
        passes over."""
        ...

    def count_replies(self, wanted: ReplyFilter, *, most: int = 1000) -> int:
        """How many there are, counted up to `most + 1`, which says "more than `most`"."""
        ...

    def comments_of(self, post: str) -> CommentsOfPost | None:
        """None where the platform's comments are not counted."""
        ...

    def coverage(self, *, limit: int = 50, offset: int = 0) -> Sequence[CoverageRow]:
        """The last received first."""
        ...

    def accounts(self) -> Sequence[AccountRow]: ...
    def people(self) -> Mapping[str, str]:
        """The name of everybody who ever could sign in, by login."""
        ...

    def overdue(self, *, seconds: float) -> int:
        """How many open deliveries are due longer than this."""
        ...

    def outages(self, *, limit: int = 10) -> Sequence[OutageRow]:
        """The newest outages; those that touched no post are among them."""
        ...

    def kept(self, period: QuietPeriod, *, limit: int = 200) -> Sequence[PostRow]:
        """Ordinary posts due in the period that are not out, the next one first."""
        ...

    def urgent_due(self, *, limit: int = 20) -> Sequence[str]:
        """Ids of urgent deliveries whose time has come and that nobody holds."""
        ...

    def figures(self, *, overdue_seconds: float) -> WorkFigures:
        """Everything that is counted for monitoring, in one read transaction."""
        ...
