"""The shapes of what people do: what the control door must be told for each act."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.sandbox.wechat.push import PLATFORM_SENDER


class How(StrEnum):
    """How an editor puts a draft out: 发表 without notice, or 群发."""

    PUBLISH = "publish"
    MASS = "mass"


@dataclass(frozen=True)
class OfAccount:
    """An act on an account as a whole."""

    account: str


@dataclass(frozen=True)
class OfFollower:
    """An act of a follower; one who was never seen before is made on the spot."""

    account: str
    openid: str


@dataclass(frozen=True)
class Subscribing(OfFollower):
    """Following; `scene` is the parameter of a QR code."""

    scene: str = ""


@dataclass(frozen=True)
class Writing(OfFollower):
    """A text message, from an article page when `msg_data_id` is given (`idx` is 1-based)."""

    text: str
    deliveries: int = 1
    msg_data_id: int = 0
    idx: int = 1
    bizmsgmenuid: str = ""


@dataclass(frozen=True)
class Sending(OfFollower):
    """Any other message with its own elements, also of a type nobody has described."""

    type: str
    fields: dict[str, Any] = field(default_factory=dict)
    deliveries: int = 1


@dataclass(frozen=True)
class Clicking(OfFollower):
    """A tap on a click button, whether the menu has it or not."""

    key: str


@dataclass(frozen=True)
class Tapping(OfFollower):
    """A tap on the menu's button of this name; `scanned` is what the camera then sees."""

    button: str
    scanned: str = ""


@dataclass(frozen=True)
class Scanning(OfFollower):
    """Scanning a QR code with the parameter `scene`; who does not follow yet follows by it."""

    scene: str


@dataclass(frozen=True)
class MakingMenu(OfAccount):
    """An editor makes a menu in the console, of kinds the API has not, such as text."""

    buttons: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Commenting:
    """A comment under an article; an empty openid is a writer without one. `index` is 0-based."""

    account: str
    msg_data_id: int
    text: str
    index: int = 0
    openid: str = ""


@dataclass(frozen=True)
class Uncommenting:
    """The writer takes a comment back."""

    account: str
    msg_data_id: int
    user_comment_id: int
    index: int = 0


@dataclass(frozen=True)
class Reading:
    """New readers of an article, where they came from and what they did; `index` is 0-based,
    `seconds` is what each of them stayed, `finished` how many read to the end."""

    account: str
    msg_data_id: int
    readers: int
    index: int = 0
    source: str = "公众号消息"
    shares: int = 0
    likes: int = 0
    recommends: int = 0
    collections: int = 0
    subscribes: int = 0
    source_visits: int = 0
    finished: int = 0
    seconds: int = 60


@dataclass(frozen=True)
class Revising:
    """The platform changes an article's figures of a day; `changes` are added, e.g. read_user
    -3."""

    account: str
    msg_data_id: int
    day: str
    changes: dict[str, int]
    index: int = 0


@dataclass(frozen=True)
class AnsweringInConsole(Uncommenting):
    """The author's word under a comment, written in the console; empty takes it away."""

    text: str = ""


@dataclass(frozen=True)
class OfDraft:
    """An act on a draft."""

    account: str
    media_id: str


@dataclass(frozen=True)
class PuttingOut(OfDraft):
    """An editor presses the button in the console."""

    how: How = How.PUBLISH


@dataclass(frozen=True)
class Editing(OfDraft):
    """An editor changes fields of one article of a draft; `index` is 0-based."""

    changes: dict[str, Any]
    index: int = 0


@dataclass(frozen=True)
class Flagging(OfDraft):
    """From now on submitting the draft answers `refusal`, e.g. 53503, 53504, 53505, 48021."""

    refusal: int


@dataclass(frozen=True)
class OfArticle:
    """An act on something published."""

    account: str
    article_id: str


@dataclass(frozen=True)
class Deciding:
    """The administrator's word on a mass send that waits for it."""

    account: str
    msg_id: int
    confirmed: bool = True


@dataclass(frozen=True)
class Changing:
    """Other particulars of the account, shaped as in the scenario."""

    account: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class Scripting:
    """How the next jobs end: publish_status numbers, mass send Status texts."""

    account: str
    publish: tuple[int, ...] = ()
    mass: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusing(OfFollower):
    """A follower switches messages off, or the account black-lists them."""

    refuses_messages: bool = True
    is_blacklisted: bool = False


@dataclass(frozen=True)
class Tagging(OfFollower):
    """A follower gets a tag."""

    tag_id: int


@dataclass(frozen=True)
class Announcing(OfAccount):
    """Any event of the platform, with its own elements."""

    event: str
    openid: str = PLATFORM_SENDER
    fields: dict[str, Any] = field(default_factory=dict)
