"""What an adapter offers for one platform: publishing, checking, collecting, callbacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import AccountId
from bot.domain.posts.draft import DraftContent, Violation
from bot.domain.posts.limits import Limits
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import Route, Step
from bot.domain.replies.comment import CommentSeen
from bot.domain.replies.reply import Answered, Incoming


@dataclass(frozen=True)
class StepOrder:
    """Everything a step may need. `evidence` is what earlier steps learnt; `key` is set for
    keyed steps; `started_at` is when the step (or the call being looked for) began; `unsure`
    says that an earlier call of this step may have had its effect; `due_at` is when the post is to
    go out, if that is known."""

    access: AccountAccess
    delivery_id: str
    content: DraftContent
    evidence: Mapping[str, str]
    started_at: datetime
    key: str = ""
    unsure: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True)
class StepResult:
    """DONE or PENDING with what was learnt; REFUSED never comes back as a value.

    Evidence keys all adapters share: `job_id` (a platform job an event may report on),
    `urls` (public addresses, one a line), `platform_post_id`.
    """

    outcome: Outcome
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LookResult:
    """FOUND with evidence, ABSENT, or UNCLEAR."""

    outcome: Outcome
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LivePost:
    """A post that is public, as collectors need it."""

    post_id: str
    platform_ids: Mapping[str, str]
    published_at: datetime

    def is_target(self, target: str) -> bool:
        """Whether something said about `target` (with or without the number of an article) was
        said about this post."""
        return bool(target) and target.partition(":")[0] in self.platform_ids.values()


@dataclass(frozen=True)
class VanishedPost:
    """A post that was public and is no more; `how` says it in Chinese."""

    post_id: str
    how: str


@dataclass(frozen=True)
class CollectedPage:
    """One read of a stream: new replies, the cursor to store with them, whether more waits.

    `seen` is how comments stand that the page shows, new or known; `gone` are the keys of those
    that a whole sweep did not show any more. `vanished` are posts that are not public any more.
    `counted` is how many comments the platform counts under posts of ours, by their ids.
    """

    incoming: tuple[Incoming, ...]
    cursor: Mapping[str, str]
    more: bool = False
    seen: tuple[CommentSeen, ...] = ()
    gone: tuple[str, ...] = ()
    vanished: tuple[VanishedPost, ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict)


class PlatformAdapter(Protocol):
    """Publishing on one platform. Every method that calls out raises only `PlatformError`s."""

    @property
    def platform(self) -> PlatformName: ...

    def route(self, account: Account) -> Route:
        """The steps of the account's mode, as data; its options may set patience and polls."""
        ...

    def limits(self, account: Account) -> Limits:
        """What the account's mode lets a post be."""
        ...

    def violations(self, content: DraftContent, account: Account) -> tuple[Violation, ...]:
        """Every limit `content` breaks on this account. Pure; nothing is sent."""
        ...

    def perform(self, step: Step, order: StepOrder) -> StepResult:
        """Run one step under its total deadline.

        Raises:
            PlatformError: as the tree in `bot.domain.errors` tells them apart.
        """
        ...

    def look_for(self, step: Step, order: StepOrder) -> LookResult:
        """Search for the effect of a step whose outcome is unknown.

        Raises:
            PlatformError: the search itself could not be made.
        """
        ...

    def check(self, access: AccountAccess) -> tuple[AccountFinding, ...]:
        """Whether the account can do what its mode needs: credentials, rights, quotas."""
        ...


class Collector(Protocol):
    """Reads the streams that are not pushed."""

    def streams(self, account: Account, live: Sequence[LivePost]) -> tuple[str, ...]:
        """The streams worth reading now, most important first."""
        ...

    def next_visit(self, account: Account, *, now: datetime, posts: Sequence[datetime]) -> datetime:
        """When the account's streams are worth reading again; `posts` are the times of its posts
        of the last day and of those still to go out today."""
        ...

    def read(
        self,
        access: AccountAccess,
        stream: str,
        cursor: Mapping[str, str],
        *,
        live: Sequence[LivePost] = (),
    ) -> CollectedPage:
        """One page of `stream` after `cursor`; `live` are the posts `streams` was asked with.

        Raises:
            PlatformError: nothing was read; the cursor stays.
        """
        ...


class CallbackChannel(Protocol):
    """The inbound door of one account. Stateless; safe to share between threads."""

    def verify_url(self, query: Mapping[str, str]) -> str:
        """The echo the platform wants when the address is registered.

        Raises:
            CallbackRefused: the signature is wrong.
        """
        ...

    def decode(self, query: Mapping[str, str], body: bytes) -> Incoming:
        """Verify, decrypt and decode one push.

        Raises:
            CallbackRefused: signature, freshness, envelope or body is not acceptable.
        """
        ...

    def revoked_account(self, query: Mapping[str, str]) -> AccountId | None:
        """This channel's account, where the query says that its authorisation was taken back.
        Anybody could have written that: it is a reason to ask the platform, no more."""
        ...

    def encode_answer(
        self, incoming: Incoming, answered: Answered | None, *, at: datetime
    ) -> tuple[bytes, str]:
        """The passive answer as body and media type; None gives the plain acknowledgement.
        `incoming` is the push that came now, not the row stored for the first of its doubles."""
        ...


class CallbackRefused(Exception):
    """A push that is not from the platform or cannot be read; `status` is the HTTP status."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
