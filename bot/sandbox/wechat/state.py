"""Everything the simulated platform remembers about each account."""

from __future__ import annotations

import dataclasses
import itertools
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.platform import Stage
from bot.sandbox.tables import ScenarioError, read_table
from bot.sandbox.wechat.accounts import AccountSpec, Switches
from bot.sandbox.wechat.ledger import Ledger
from bot.sandbox.wechat.tokens import TokenDesk

Article = dict[str, Any]
QUOTA_PROFILES = ("documented", "load")


@dataclass(frozen=True)
class Material:
    """An uploaded file; a temporary one has `expires_at` in Unix seconds."""

    media_id: str
    type: str
    name: str
    data: bytes
    content_type: str
    url: str
    created_at: int
    expires_at: float | None = None
    title: str = ""
    introduction: str = ""


@dataclass
class Draft:
    """A draft as stored after the filter; `refusal` is what submitting it answers, 0 for none."""

    media_id: str
    articles: list[Article]
    created_at: int
    updated_at: int
    refusal: int = 0


@dataclass
class Comment:
    """A reader's comment on one article."""

    user_comment_id: int
    openid: str
    content: str
    created_at: int
    is_elected: bool = False
    reply: str = ""
    replied_at: int = 0


@dataclass
class CommentBook:
    """The comments of one article; ids count up within it."""

    is_open: bool
    comments: dict[int, Comment] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    next_id: int = 1


@dataclass
class Publication:
    """Articles readers can see, from a publish job or a mass send."""

    article_id: str
    msg_data_id: int
    articles: list[Article]
    links: list[str]
    published_at: int
    is_pushed: bool
    deleted: set[int] = field(default_factory=set)
    is_banned: bool = False
    comments: list[CommentBook] = field(default_factory=list)

    @property
    def is_all_deleted(self) -> bool:
        """True when no article is left to read."""
        return len(self.deleted) == len(self.articles)


@dataclass
class PublishJob:
    """One accepted freepublish/submit or a press on 发表 in the console."""

    publish_id: int
    msg_data_id: int
    draft: Draft
    submitted_at: int
    by_console: bool
    status: int = 1
    article_id: str = ""
    failed: tuple[int, ...] = ()


@dataclass
class MassJob:
    """One accepted mass send."""

    msg_id: int
    msg_data_id: int
    msgtype: str
    body: dict[str, Any]
    key: str
    accepted_at: float
    receivers: tuple[str, ...]
    draft: Draft | None = None
    is_to_all: bool = False
    status: str = "SENDING"
    verdict: str = ""
    waits_for_admin: bool = False
    article_id: str = ""


@dataclass
class Line:
    """One line of what a follower and the account said to each other."""

    at: float
    is_from_follower: bool
    via: str
    type: str
    content: Any
    msg_id: int = 0


@dataclass
class Grant:
    """A right to write to a follower: so many messages until a time."""

    kind: str
    until: float
    left: int


@dataclass
class Follower:
    """A WeChat user as this account knows them."""

    openid: str
    is_subscribed: bool = True
    subscribed_at: int = 0
    last_interaction: float = float("-inf")
    is_typing: bool = False
    refuses_messages: bool = False
    is_blacklisted: bool = False
    remark: str = ""
    tags: set[int] = field(default_factory=set)
    grants: dict[str, Grant] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    mass_months: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class RefusedCall:
    """What the request id of an errmsg stands for; `at` in Unix seconds."""

    app_id: str
    at: int
    query: str
    body: str
    answer: str


@dataclass
class Account:
    """One official account with all it owns."""

    spec: AccountSpec
    tokens: TokenDesk = field(default_factory=TokenDesk)
    library: dict[str, Material] = field(default_factory=dict)
    temporary: dict[str, Material] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    publish_jobs: dict[int, PublishJob] = field(default_factory=dict)
    mass_jobs: dict[int, MassJob] = field(default_factory=dict)
    publications: dict[str, Publication] = field(default_factory=dict)
    numbered: dict[int, Publication] = field(default_factory=dict)
    followers: dict[str, Follower] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=lambda: {2: "星标组"})
    menu: dict[str, Any] | None = None
    console_menu: dict[str, Any] | None = None
    speed: int = 3
    ledger: Ledger = field(default_factory=Ledger)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    publish_script: list[int] = field(default_factory=list)
    mass_script: list[str] = field(default_factory=list)


class World:
    """All accounts on one stage."""

    def __init__(self, stage: Stage) -> None:
        """Read accounts and switches from the stage's script.

        Raises:
            ScenarioError: naming the first thing that does not fit.
        """
        if stage.script.quota_profile not in QUOTA_PROFILES:
            known = ", ".join(QUOTA_PROFILES)
            given = stage.script.quota_profile
            raise ScenarioError(f"wechat.quota_profile: {given!r} is not one of {known}")
        self.stage = stage
        self.switches = read_table(Switches, stage.script.switches, "wechat.switches")
        self.accounts: dict[str, Account] = {}
        self.images: dict[str, Material] = {}
        self.links: dict[str, tuple[Account, Publication, int]] = {}
        self.token_owners: dict[str, Account] = {}
        self.refused: dict[str, RefusedCall] = {}
        self.numbers: dict[str, Iterator[int]] = {
            "publish_id": itertools.count(2247503051),
            "msg_data_id": itertools.count(2247480001),
            "msg_id": itertools.count(1000001625),
            "message": itertools.count(23456789012345678),
        }
        for index, table in enumerate(stage.script.accounts):
            self._add(read_table(AccountSpec, table, f"wechat.accounts[{index}]"))

    def next_number(self, of: str) -> int:
        """Return the next id of a counted kind: publish_id, msg_data_id, msg_id or message."""
        return next(self.numbers[of])

    def now(self) -> float:
        """Return the platform's present in Unix seconds."""
        return self.stage.clock.now()

    def account(self, name: str) -> Account:
        """Return an account by its scenario name.

        Raises:
            ScenarioError: when there is none.
        """
        if name not in self.accounts:
            raise ScenarioError(f"no WeChat account {name!r}; known: {', '.join(self.accounts)}")
        return self.accounts[name]

    def by_app_id(self, app_id: str) -> Account | None:
        """Return the account with this appid, None when there is none."""
        return next((one for one in self.accounts.values() if one.spec.app_id == app_id), None)

    def change(self, account: Account, changes: dict[str, Any]) -> None:
        """Replace parts of an account's description, e.g. freeze it.

        Raises:
            ScenarioError: when a key or value does not fit.
        """
        table = {**dataclasses.asdict(account.spec), **changes}
        account.spec = read_table(AccountSpec, table, f"account {account.spec.name}")

    def _add(self, spec: AccountSpec) -> None:
        if spec.name in self.accounts or self.by_app_id(spec.app_id):
            raise ScenarioError(f"wechat.accounts: {spec.name!r} or its app_id is there twice")
        if spec.callback_url and spec.callback_mode != "plain" and len(spec.aes_key) != 43:
            raise ScenarioError(f"wechat.accounts {spec.name!r}: aes_key needs 43 characters")
        account = Account(spec)
        for number, name in enumerate(spec.tags, start=100):
            account.tags[number] = name
        for openid in spec.followers:
            account.followers[openid] = Follower(openid, subscribed_at=int(self.now()))
        self.accounts[spec.name] = account


def fresh_id(prefix: str = "", size: int = 48) -> str:
    """Return a random id of `size` bytes in the platform's alphabet."""
    return prefix + secrets.token_urlsafe(size)
