"""A channel by which staff are told, and one notice on its way through it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import PlatformError
from bot.domain.notices.condition import MANNERS, ConditionKind
from bot.domain.notices.personal import PersonalKind
from bot.domain.people import Role
from bot.domain.publishing.deciding import backoff

MOST_ATTEMPTS = 12
"""With doubling pauses: more than an hour."""


class ChannelKind(StrEnum):
    """Where a channel leads."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    EMAIL = "email"


PER_MINUTE: Mapping[ChannelKind, int] = {
    ChannelKind.WECOM: 20,
    ChannelKind.DINGTALK: 20,
    ChannelKind.FEISHU: 100,
    ChannelKind.EMAIL: 30,
}
"""What a robot takes in a minute (sources stand beside each sender); e-mail is our own measure.
钉钉 stays silent for ten minutes after the twenty-first."""


@dataclass(frozen=True)
class NoticeChannel:
    """Who hears of what through one group or mailbox: the roles whose matters it carries, and
    single kinds besides. `options` are its settings that are no secret; `people` the logins of
    those who read it."""

    id: str
    name: str
    kind: ChannelKind
    roles: frozenset[Role] = frozenset()
    kinds: frozenset[ConditionKind] = frozenset()
    people: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    enabled: bool = True

    def carries(self, kind: ConditionKind) -> bool:
        """Whether its readers are told of this kind."""
        return self.enabled and (kind in self.kinds or bool(MANNERS[kind].roles & self.roles))


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Notice:
    """One message for one channel. `key` is its message's: a channel gets it once. `to` are the
    addresses there of those it is for; none means everybody who reads the channel."""

    id: str
    channel: str
    key: str
    kind: ConditionKind | PersonalKind
    title: str
    text: str
    page: str
    created_at: datetime
    state: NoticeState = NoticeState.WAITING
    next_at: datetime | None = None
    tried_at: datetime | None = None
    attempts: int = 0
    error: str = ""
    to: tuple[str, ...] = ()


def tried(
    notice: Notice, error: PlatformError | None, *, now: datetime, until: datetime | None = None
) -> Notice:
    """The notice after one try. An alarm that did not surely arrive is tried again: one that is
    lost is worse than one that shows twice."""
    if error is None:
        return replace(notice, state=NoticeState.SENT, next_at=None, error="")
    told = replace(notice, error=f"{type(error).__name__} {error.code}".strip())
    if notice.attempts >= MOST_ATTEMPTS:
        return replace(told, state=NoticeState.FAILED, next_at=None)
    return replace(told, next_at=until or now + backoff(notice.attempts))


MINUTE = timedelta(minutes=1)
