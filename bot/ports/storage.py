"""The database, as the use cases see it: a unit of work over repositories."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from bot.domain.accounts.account import Account
from bot.domain.accounts.check import AccountCheck
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.ids import (
    AccountId,
    DeliveryId,
    PostId,
    ReleaseId,
    ReplyId,
    RolloutId,
    SourceId,
)
from bot.domain.posts.post import Post
from bot.domain.posts.revision import Revision
from bot.domain.posts.rollout import Member, Rollout
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Entry
from bot.domain.releases.release import Release, ReleaseState
from bot.domain.releases.source import Source
from bot.domain.replies.reply import Incoming, Reply
from bot.ports.answer_storage import Answers, CommentStandings, Erasures, SetAsides
from bot.ports.case_publication import PublishedAnswers, Ratings
from bot.ports.case_storage import CaseRules, Cases, Departments
from bot.ports.demand_storage import Demands
from bot.ports.importing import ReplyImports
from bot.ports.inspecting import Inspections
from bot.ports.notices import Notices
from bot.ports.operations import Breakers, Outages, QuietPeriods, Requests, Stops
from bot.ports.people_storage import Audit, People
from bot.ports.personal_notices import PersonalNotices
from bot.ports.platform import LivePost
from bot.ports.question_storage import Questions
from bot.ports.recalling import Recalls
from bot.ports.release_votes import ReleaseVotes
from bot.ports.restoring import Restorations
from bot.ports.reviewing import Deputies, Reviews
from bot.ports.rule_storage import Rules
from bot.ports.statistics import Statistics
from bot.ports.topic_storage import Topics


class LeaseLost(Exception):
    """Somebody else holds the lease now: nothing more may be written but evidence."""


class StorageUnavailable(Exception):
    """The database is away, or busy for longer than we wait. Raised by a commit, it leaves open
    whether the commit took effect."""


class Sources(Protocol):
    """Sources of releases."""

    def add(self, source: Source) -> None: ...
    def save(self, source: Source) -> None: ...
    def get(self, source: SourceId) -> Source: ...
    def all(self) -> Sequence[Source]: ...


class Releases(Protocol):
    """Releases; every version is kept, `get` returns the newest unless told otherwise."""

    def add(self, release: Release) -> None: ...
    def save(self, release: Release) -> None: ...
    def get(self, release: ReleaseId, *, version: int | None = None) -> Release: ...
    def by_key(self, source: SourceId, source_key: str) -> Release | None: ...

    def by_document_number(self, number: str) -> Release | None:
        """The newest version of a release that carries this 发文字号."""
        ...

    def in_state(self, state: ReleaseState, *, limit: int = 100) -> Sequence[Release]: ...

    def emergencies(self, *, limit: int = 20) -> Sequence[Release]:
        """Releases in the fast lane, the last declared first."""
        ...

    def awaiting_plan(self, *, limit: int = 20) -> Sequence[ReleaseId]:
        """Approved releases whose newest version has no rollout yet."""
        ...


class Accounts(Protocol):
    """Accounts and their sealed secrets."""

    def add(self, account: Account, sealed_secrets: str) -> None: ...
    def save(self, account: Account) -> None: ...
    def get(self, account: AccountId) -> Account: ...
    def by_name(self, name: str) -> Account | None: ...
    def all(self) -> Sequence[Account]: ...
    def sealed_secrets(self, account: AccountId) -> str: ...
    def save_secrets(self, account: AccountId, sealed: str) -> None: ...

    def save_check(self, check: AccountCheck) -> None:
        """Remember the newest check of an account in place of the one before."""
        ...

    def last_checks(self) -> Mapping[AccountId, AccountCheck]:
        """The newest check of every account that ever had one."""
        ...

    def last_check(self, account: AccountId) -> AccountCheck | None:
        """The newest check, None if there never was one."""
        ...

    def save_trouble(self, trouble: AccountTrouble) -> None:
        """Remember what stops the account; one that is there already stays."""
        ...

    def trouble(self, account: AccountId) -> AccountTrouble | None:
        """What stops the account now, None if nothing does."""
        ...

    def end_trouble(self, account: AccountId) -> None:
        """Nothing stops the account any more."""
        ...


class Posts(Protocol):
    """Rollouts and their posts."""

    def add_rollout(self, rollout: Rollout) -> None: ...
    def save_rollout(self, rollout: Rollout) -> None: ...
    def rollout(self, rollout: RolloutId) -> Rollout: ...
    def rollouts_of(self, release: ReleaseId) -> Sequence[Rollout]: ...
    def add(self, post: Post) -> None: ...
    def save(self, post: Post) -> None: ...
    def get(self, post: PostId) -> Post: ...
    def of_rollout(self, rollout: RolloutId) -> Sequence[Post]: ...
    def of_release(self, release: ReleaseId) -> Sequence[Post]: ...
    def kept_by(self, login: str, *, limit: int) -> Sequence[Post]:
        """Posts that this person writes and that are not over, in the order of their ids."""
        ...


class Revisions(Protocol):
    """Former drafts of posts."""

    def keep(self, post: Post, *, replaced_by: str = "") -> None:
        """Remember what `post` says as its revision. What is known of this revision already is
        not forgotten: that somebody approved it, or wrote the next one."""
        ...

    def get(self, post: PostId, number: int) -> Revision:
        """One revision.

        Raises:
            NotFound.
        """
        ...

    def of_post(self, post: PostId, *, limit: int = 20) -> Sequence[Revision]:
        """The newest ones first."""
        ...

    def last_approved(self, post: PostId) -> Revision | None:
        """The newest one that somebody approved."""
        ...

    def with_hash(self, post: PostId, content_hash: str) -> Revision | None:
        """The newest one with this content."""
        ...


class Deliveries(Protocol):
    """Deliveries and their journals. Times are compared with the database's clock."""

    def add(self, delivery: Delivery) -> None:
        """Store it; one delivery a post and revision.

        Raises:
            Conflict: this revision already has one.
        """
        ...

    def get(self, delivery: DeliveryId) -> Delivery: ...

    def circumstances(self, delivery: DeliveryId) -> Circumstances:
        """The delivery with everything its next step is decided upon, read at one moment."""
        ...

    def of_post(self, post: PostId) -> Sequence[Delivery]: ...
    def members(self, rollout: RolloutId) -> Sequence[Member]: ...

    def lease(self, delivery: DeliveryId, *, seconds: float) -> bool:
        """Take the lease if nobody holds it and the delivery is open; says whether it did."""
        ...

    def save(self, delivery: Delivery, *, entries: Sequence[Entry] = ()) -> None:
        """Write state, times, receipt and lease, and put `entries` (new, or finishing an open
        one; a finished entry is never replaced).

        When `delivery.lease_token` is set the stored lease must be the same. A `lease_until` that
        is over gives the lease back. Saving answers the bell: the delivery may ring at once.

        Raises:
            LeaseLost: another worker holds the lease, or has taken an entry's number.
        """
        ...

    def append_evidence(self, delivery: DeliveryId, entry: Entry) -> None:
        """Add an entry without holding the lease; its sequence number is set here."""
        ...

    def wake(self, ids: Sequence[DeliveryId], *, at: datetime | None = None) -> None:
        """Make open deliveries due at `at` (now if None), if they were due later."""
        ...

    def take_due(
        self, *, limit: int, ring_again_seconds: float, most_an_account: int = 80
    ) -> Sequence[tuple[AccountId, DeliveryId]]:
        """Ids whose time has come, not leased, not rung lately, urgent ones first; marks them as
        rung, and those that waited for their due time as due. Of one account no more than
        `most_an_account` are in hand at a time, urgent ones apart; none while its breaker is open,
        one while it is half open."""
        ...

    def by_job(self, account: AccountId, job_id: str) -> DeliveryId | None:
        """The delivery whose evidence names this platform job."""
        ...

    def standing(
        self, account: AccountId, *states: DeliveryState, due_before: datetime | None = None
    ) -> Sequence[DeliveryId]:
        """Deliveries of the account in one of these states, due before then if that is given."""
        ...

    def newest(self) -> DeliveryId | None:
        """The last one that was made, by its id."""
        ...

    def planned(
        self, account: AccountId, *, since: datetime, until: datetime
    ) -> Sequence[tuple[PostId, datetime]]:
        """Posts of the account due from `since` to before `until`, with their times in order;
        cancelled ones do not count."""
        ...

    def live_posts(self, account: AccountId, *, limit: int = 50) -> Sequence[LivePost]:
        """Posts of the account that are public, newest first."""
        ...


class Replies(Protocol):
    """Everything followers sent."""

    def store(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        """Store new ones, count doubles; returns what is stored now, in the same order."""
        ...

    def get(self, reply: ReplyId) -> Reply: ...
    def some(self, replies: Collection[ReplyId]) -> Mapping[ReplyId, Reply]:
        """Those of `replies` that are here, at once."""
        ...

    def unhandled_jobs(self, *, limit: int = 100) -> Sequence[Reply]:
        """Events that report on a platform job and were not applied yet."""
        ...

    def mark_applied(self, replies: Sequence[ReplyId]) -> None: ...
    def cursor(self, account: AccountId, stream: str) -> Mapping[str, str]: ...
    def save_cursor(self, account: AccountId, stream: str, cursor: Mapping[str, str]) -> None: ...
    def known_keys(self, account: AccountId, keys: Sequence[str]) -> frozenset[str]:
        """Those of `keys` whose replies are here, those of erased ones included."""
        ...

    def recent(self, account: AccountId, *, limit: int = 100) -> Sequence[Incoming]: ...

    def file_pending(self, *, limit: int) -> int:
        """File the oldest replies that are not yet in the search index; returns how many. They
        are found before too, only slower."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving it without `commit` rolls back."""

    sources: Sources
    releases: Releases
    accounts: Accounts
    rules: Rules
    posts: Posts
    revisions: Revisions
    deliveries: Deliveries
    replies: Replies
    answers: Answers
    comments: CommentStandings
    asides: SetAsides
    erasures: Erasures
    cases: Cases
    case_rules: CaseRules
    departments: Departments
    published: PublishedAnswers
    ratings: Ratings
    questions: Questions
    demands: Demands
    imports: ReplyImports
    topics: Topics
    recalls: Recalls
    release_votes: ReleaseVotes
    inspections: Inspections
    people: People
    audit: Audit
    requests: Requests
    stops: Stops
    quiet_periods: QuietPeriods
    breakers: Breakers
    outages: Outages
    statistics: Statistics
    restorations: Restorations
    notices: Notices
    personal: PersonalNotices
    reviews: Reviews
    deputies: Deputies

    def now(self) -> datetime:
        """The database's clock, aware, in UTC."""
        ...

    def commit(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Storage(Protocol):
    """Begins units of work."""

    def begin(self) -> UnitOfWork:
        """A unit of work that may write (SQLite: BEGIN IMMEDIATE at its first statement)."""
        ...

    def look(self) -> UnitOfWork:
        """A unit of work that only reads, and one state of the database: it waits for no writer,
        keeps nobody waiting, and cannot commit."""
        ...
