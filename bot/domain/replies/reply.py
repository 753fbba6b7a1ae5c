"""A Reply: anything that came from a follower, stored unaltered."""

from dataclasses import dataclass, field
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
    IMPORTED = "imported"


class Channel(StrEnum):
    """The stream it came through."""

    WECHAT_MESSAGE = "wechat_message"
    WECHAT_EVENT = "wechat_event"
    WECHAT_COMMENT = "wechat_comment"
    WEIBO_COMMENT = "weibo_comment"
    WEIBO_MENTION = "weibo_mention"
    WEIBO_MESSAGE = "weibo_message"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Incoming:
    """One decoded push or collected row, before it has an id of ours.

    `key` makes doubles recognisable: two incomings of one account with one key are the same
    thing said once. `raw` is what arrived, unaltered. `target` is what it is about: an article,
    or for an event the menu key, the address or the scene of the code. `seal` tells the channel
    under which of the account's keys a push came, so that the answer goes back under the same;
    it is not stored.
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
    seal: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class JobReport:
    """What an event says of a publish or mass-send job."""

    job_ids: dict[str, str]
    succeeded: bool
    status: str
    urls: tuple[str, ...] = ()
    evidence: dict[str, str] | None = None


LONGEST_TEXT_BYTES = 2048
"""What the platform takes of a text answer."""


@dataclass(frozen=True)
class LinkCard:
    """An article as an answer shows it: a title to tap, some words, at times a picture."""

    title: str
    description: str
    url: str
    picture_url: str = ""

    @property
    def words(self) -> str:
        """The article as a text answer would have it."""
        return f"{self.title}\n{self.url}"


class AnswerKind(StrEnum):
    """What a follower sees: words, or one article."""

    TEXT = "text"
    NEWS = "news"


@dataclass(frozen=True)
class Answered:
    """The passive answer given, and the rule that gave it. `text` says the same in words where
    a `card` is shown."""

    text: str
    rule: str
    card: LinkCard | None = None

    @property
    def kind(self) -> AnswerKind:
        """Which of the two a follower sees."""
        return AnswerKind.TEXT if self.card is None else AnswerKind.NEWS


@dataclass(frozen=True)
class Reply:
    """A stored reply with the answer it got at once, if any. Of an erased one only the tombstone
    is left: no sender, no words, and a keyed hash for its key."""

    id: ReplyId
    incoming: Incoming
    received_at: datetime
    answered: Answered | None = None
    answer_body: str = ""
    post: PostId | None = None
    times_received: int = 1
    erased_at: datetime | None = None
