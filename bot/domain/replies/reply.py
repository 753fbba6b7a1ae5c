"""A Reply: anything that came from a follower, stored unaltered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AccountId, PostId, ReplyId


class ReplyKind(StrEnum):
    """What a follower did."""

    MESSAGE = "message"
    EVENT = "event"
    COMMENT = "comment"
    MENTION = "mention"
    PRIVATE_MESSAGE = "private_message"


class Channel(StrEnum):
    """The stream it came through."""

    WECHAT_MESSAGE = "wechat_message"
    WECHAT_EVENT = "wechat_event"
    WECHAT_COMMENT = "wechat_comment"
    WEIBO_COMMENT = "weibo_comment"
    WEIBO_MENTION = "weibo_mention"
    WEIBO_MESSAGE = "weibo_message"


@dataclass(frozen=True)
class Incoming:
    """One decoded push or collected row, before it has an id of ours.

    `key` makes doubles recognisable: two incomings of one account with one key are the same
    thing said once. `raw` is what arrived, unaltered. `job_ids` names the platform job (publish
    or mass send) an event reports on.
    """

    account: AccountId
    channel: Channel
    kind: ReplyKind
    key: str
    sender: str
    text: str
    said_at: datetime
    raw: str
    type_name: str = ""
    sender_name: str = ""
    target: str = ""
    platform_id: str = ""
    recipient: str = ""
    job: "JobReport | None" = None
    is_known_type: bool = True


@dataclass(frozen=True)
class JobReport:
    """What an event says of a publish or mass-send job."""

    job_ids: dict[str, str]
    succeeded: bool
    status: str
    urls: tuple[str, ...] = ()
    evidence: dict[str, str] | None = None


@dataclass(frozen=True)
class Answered:
    """The passive answer given, and the rule that gave it."""

    text: str
    rule: str


@dataclass(frozen=True)
class Reply:
    """A stored reply with the answer it got at once, if any."""

    id: ReplyId
    incoming: Incoming
    received_at: datetime
    answered: Answered | None = None
    answer_body: str = ""
    post: PostId | None = None
    times_received: int = 1
