"""The things Weibo keeps: users, apps, tokens, posts, comments, articles, conversations."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class AppLevel(StrEnum):
    """How far an app has come with the platform's review."""

    TEST = "test"
    """Unreviewed: only listed accounts may use it, and only they see what it posts."""
    ORDINARY = "ordinary"
    COMMERCIAL = "commercial"


@dataclass
class App:
    """A registered application."""

    key: str
    secret: str
    name: str = "示例应用"
    level: AppLevel = AppLevel.ORDINARY
    redirect_uri: str = "https://api.weibo.com/oauth2/default.html"
    safe_domains: tuple[str, ...] = ()
    safe_ips: tuple[str, ...] = ()
    test_uids: tuple[int, ...] = ()
    granted: tuple[str, ...] = ()
    """Paths opened to this app although they are closed to its level."""
    denied: tuple[str, ...] = ()
    """Paths closed to this app although its level has them (10014)."""
    article_enabled: bool = False
    owner_uid: int = 0
    token_seconds: int = 0
    """Lifetime of new tokens; 0 = what the level gives."""
    revoked_url: str = ""
    """The page that is told when a user takes an authorisation back (取消授权回调页)."""


@dataclass
class User:
    """A Weibo user: an official account or a citizen."""

    uid: int
    screen_name: str
    name: str = ""
    """What the scenario calls an account; empty for citizens."""
    verified_type: int = -1
    verified_reason: str = ""
    long_text_allowed: bool = False
    deleted: bool = False
    follows: set[int] = field(default_factory=set)
    followers: int = 0
    posts: int = 0
    app_key: str = ""
    """App whose secret signs this account's fan-service pushes."""
    callback_url: str = ""
    mentions_pushed: bool = False
    registered: bool = False
    """An account of the scenario, shown on the reader's page."""
    frozen: bool = False
    menu: dict[str, Any] | None = None
    unread: dict[str, int] = field(default_factory=dict)


@dataclass
class Token:
    """An access token of one user for one app; ``dead`` is the code it is refused with, or 0."""

    value: str
    uid: int
    app_key: str
    created_at: float
    expires_at: float
    dead: int = 0


@dataclass
class Code:
    """A one-time authorisation code."""

    value: str
    uid: int
    app_key: str
    redirect_uri: str
    expires_at: float
    used: bool = False


@dataclass(frozen=True)
class Picture:
    """An uploaded picture, or one taken from an address (then without bytes)."""

    pic_id: str
    body: bytes
    content_type: str
    url: str = ""


@dataclass
class Status:
    """A post as the platform stores it: links already shortened."""

    id: int
    uid: int
    text: str
    submitted: str
    """The text as sent."""
    fingerprint: str
    """The same without spaces, by which duplicates are known."""
    created_at: float
    visible_at: float
    source: str
    urls: tuple[tuple[str, str], ...] = ()
    """(short, long) of every link."""
    pictures: tuple[str, ...] = ()
    visible: int = 0
    long_text: str = ""
    app_key: str = ""
    testers_only: bool = False
    deleted: bool = False
    hidden: bool = False
    """Taken out of public view later by the platform; its author still has it."""
    article_id: str = ""
    rip: str = ""
    attitudes: int = 0
    reposts: int = 0


@dataclass
class Comment:
    """A comment under a post, perhaps an answer to another comment."""

    id: int
    status_id: int
    uid: int
    text: str
    created_at: float
    reply_to: int = 0
    approved: bool = True
    """False while it waits in curated mode; it keeps its old id when approved later."""
    deleted: bool = False


@dataclass(frozen=True)
class Article:
    """A headline article; ``status_id`` is 0 when its companion post failed."""

    object_id: str
    uid: int
    title: str
    content: str
    cover: str
    summary: str
    created_at: float
    status_id: int = 0
    bound: bool = True

    @property
    def number(self) -> str:
        """The part of the object id that addresses carry."""
        return self.object_id.partition(":")[2]


@dataclass(frozen=True)
class Line:
    """One line of a private conversation; ``note`` says why an answer was not shown."""

    at: float
    sender_id: int
    kind: str
    text: str
    data: dict[str, Any]
    channel: str
    note: str = ""


@dataclass
class Conversation:
    """What a citizen and an account wrote each other, and until when the account may answer."""

    account: int
    citizen: int
    lines: list[Line] = field(default_factory=list)
    window_until: float = 0.0
    replies_left: int | None = None
    """None = any number; after a mention one."""
