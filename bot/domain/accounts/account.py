"""An official account: who it is, what it may do, where it is reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from bot.domain.ids import AccountId
from bot.domain.posts.review import PostApproval


class PlatformName(StrEnum):
    """Where an account lives. On `FILES` nothing is published: another desk (the hot line, the
    site's mailbox) hands over what it received."""

    WECHAT = "wechat"
    WEIBO = "weibo"
    FILES = "files"


class Mode(StrEnum):
    """The way a post reaches the public: WeChat modes and Weibo routes."""

    DRAFT = "draft"
    PUBLISH = "publish"
    MASS = "mass"
    SHARE = "share"
    COMMERCIAL = "commercial"
    ARTICLE = "article"
    COLLECT = "collect"


MODES_OF = {
    PlatformName.WECHAT: frozenset({Mode.DRAFT, Mode.PUBLISH, Mode.MASS}),
    PlatformName.WEIBO: frozenset({Mode.SHARE, Mode.COMMERCIAL, Mode.ARTICLE}),
}

PUBLISHING_PLATFORMS = tuple(MODES_OF)

PUSHES_TO_FOLLOWERS = frozenset({Mode.MASS})
"""Modes whose accepting step cannot be taken back; in a rollout they go last."""


@dataclass(frozen=True)
class QuietHours:
    """Local hours in which nothing but an emergency goes out; may span midnight."""

    start: time
    end: time

    def covers(self, local: time) -> bool:
        """Whether `local` (Beijing time) lies inside."""
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True)
class Account:
    """One account on one platform. `options` are the platform's own settings, without secrets.

    Secrets live in the vault under the account's id and never pass through this object.
    `least_review` is how its posts are reviewed at least, whatever a rule says. `off_reason` is
    why somebody switched it off; empty of one that was not yet on.
    """

    id: AccountId
    name: str
    platform: PlatformName
    mode: Mode
    verified: bool = True
    comment_privilege: bool = False
    quota_profile: str = "documented"
    quiet_hours: QuietHours | None = None
    api_base: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    production: bool = False
    enabled: bool = True
    stopped: bool = False
    stop_reason: str = ""
    least_review: PostApproval = PostApproval.RELEASE
    off_reason: str = ""

    @property
    def opens_comments(self) -> bool:
        """Whether readers may comment on what is published: where the account can, unless its
        option `open_comments` is `0`."""
        return self.comment_privilege and self.options.get("open_comments", "1") != "0"


@dataclass(frozen=True)
class AccountAccess:
    """An account together with its decrypted secrets; only adapters see one."""

    account: Account
    secrets: Mapping[str, str] = field(repr=False)

    def secret(self, name: str) -> str:
        """The secret called `name`, or an empty string when the account has none."""
        return self.secrets.get(name, "")
