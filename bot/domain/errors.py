"""One tree of errors.

TongbuError
├── Refusal              a rule of ours says no; the message says what to do
│   ├── InvalidInput     what was handed in cannot be used; carries every problem found
│   ├── IllegalMove      an object is in a state that does not allow this
│   ├── NotFound         nothing has this id
│   ├── Conflict         it contradicts something that is already here
│   │   └── EditedMeanwhile  somebody else saved it since it was shown: show both
│   ├── NotAllowed       this person or token may not do it
│   └── TooOften         somebody asks more often than is allowed
└── PlatformError        a platform, or the way to it, says no
    ├── NotSent              no connection was made: nothing can have happened
    ├── OutcomeUnknown       the request may have arrived: look, never resend on a guess
    ├── PlatformUnavailable  the platform answered that it cannot serve now
    ├── RateLimited          a quota is used up until a known time
    ├── CredentialExpired    the token is dead and could not be renewed
    ├── AccountSuspended     the platform has stopped the whole account
    ├── NotPermitted         the account lacks the right
    ├── ContentRejected      the post itself is refused
    ├── AlreadyDone          the platform says this very call succeeded before
    ├── PartlyDone           part of the effect is public, part is missing
    ├── NotAsApproved        it is public, but not what was approved
    ├── TargetGone           what the call was about no longer exists
    └── Misconfigured        our request or settings are wrong
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


class TongbuError(Exception):
    """Base of everything Tongbu raises on purpose."""


class Refusal(TongbuError):
    """A rule of ours says no; `str()` names the thing and the next step."""


@dataclass(frozen=True)
class Problem:
    """One fault of an input: where it is, what is wrong, what to do (Chinese, for staff)."""

    field: str
    message: str


class InvalidInput(Refusal):
    """The input cannot be used; `problems` lists every fault found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(f"{p.field}：{p.message}" for p in self.problems))


class IllegalMove(Refusal):
    """A transition that the state table does not have."""

    def __init__(self, thing: str, *, now: str, wanted: str) -> None:
        self.now, self.wanted = now, wanted
        super().__init__(f"{thing} 现在是“{now}”状态，不能变为“{wanted}”")


class NotFound(Refusal):
    """Nothing has this id."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"找不到{kind}：{key}")


class Conflict(Refusal):
    """It contradicts something already stored; `existing` names that thing."""

    def __init__(self, message: str, *, existing: str = "") -> None:
        self.existing = existing
        super().__init__(message)


class EditedMeanwhile(Conflict):
    """Somebody else saved it since it was shown; nothing of either is lost, and none is stored."""


class NotAllowed(Refusal):
    """This person or token may not do it."""


class TooOften(Refusal):
    """Somebody asks more often than is allowed; later they may again."""


@dataclass(frozen=True)
class Explanation:
    """A platform's refusal in plain Chinese: the cause, the next step, and who can take it."""

    cause: str
    next_step: str
    who: str


UNEXPLAINED = Explanation(
    cause="平台返回了没有收录的错误",
    next_step="请把错误码和请求编号交给系统管理员查询，稿件不会自动重发",
    who="系统管理员",
)


@dataclass(eq=False)
class PlatformError(TongbuError):
    """Base of what an adapter raises; `code` and `detail` are the platform's own words."""

    message: str
    code: str = ""
    detail: str = ""
    explanation: Explanation = UNEXPLAINED
    evidence: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]" if self.code else self.message


class NotSent(PlatformError):
    """No connection was made: the platform cannot have acted."""


class OutcomeUnknown(PlatformError):
    """The request may have arrived; its effect must be looked for."""


class PlatformUnavailable(PlatformError):
    """The platform answered that it cannot serve now, and did nothing."""


@dataclass(eq=False)
class RateLimited(PlatformError):
    """A quota is used up; nothing was done. `until` is when trying again makes sense (UTC)."""

    until: datetime | None = None


class CredentialExpired(PlatformError):
    """The token is dead and renewing it once did not help."""


class AccountSuspended(PlatformError):
    """The platform has stopped the whole account; a person must clear it up there."""


class NotPermitted(PlatformError):
    """The account lacks the right; a person must change something on the platform."""


class ContentRejected(PlatformError):
    """The post itself is refused; it goes back to its editor."""


class AlreadyDone(PlatformError):
    """The platform remembers this key: the first call succeeded; `evidence` has its ids."""


class PartlyDone(PlatformError):
    """Part of the effect is public; `evidence` keeps the ids of what exists."""


class NotAsApproved(PlatformError):
    """It is public, but somebody changed it on the way; the explanation holds both texts."""


class TargetGone(PlatformError):
    """The draft, comment or message the call was about no longer exists."""


class Misconfigured(PlatformError):
    """Our request or our settings are wrong; repeating will not help."""
