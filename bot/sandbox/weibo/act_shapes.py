"""The arguments of each act, as they stand in a scenario or a control request."""

from dataclasses import dataclass

from bot.sandbox.weibo.records import AppLevel

_CITIZEN = 2_900_000_002


@dataclass(frozen=True)
class Commented:
    """``comment``: a citizen comments a post (0 = the account's newest) or answers a comment.

    ``pending`` leaves it waiting in curated mode until ``approve_comment``.
    """

    account: str
    text: str
    post: int = 0
    citizen: int = _CITIZEN
    screen_name: str = "市民甲"
    reply_to: int = 0
    pending: bool = False


@dataclass(frozen=True)
class Mentioned:
    """``mention``: a citizen names the account in a post of his own."""

    account: str
    text: str
    citizen: int = _CITIZEN
    screen_name: str = "市民甲"


@dataclass(frozen=True)
class OnComment:
    """``approve_comment`` and ``delete_comment``."""

    comment: int


@dataclass(frozen=True)
class OnPost:
    """``hide_post``, ``delete_post``, ``like_post``, ``repost_post``; 0 = the account's newest."""

    account: str
    post: int = 0


@dataclass(frozen=True)
class OnUser:
    """``delete_user``."""

    citizen: int


@dataclass(frozen=True)
class OnAccount:
    """``expire_tokens``, ``freeze``, ``unfreeze`` and ``verify_callback``."""

    account: str


@dataclass(frozen=True)
class Revoked:
    """``revoke_tokens``: all tokens of the account are refused with the code from now, and their
    apps are told where they have a ``revoked_url``."""

    account: str
    code: int = 21332


@dataclass(frozen=True)
class Limited:
    """``limit_tokens``: all tokens of the account end so many seconds from now."""

    account: str
    seconds: float


@dataclass(frozen=True)
class Twisted:
    """``delay_next_post`` (seconds) and ``fail_next_article`` (code)."""

    account: str
    seconds: float = 90.0
    code: int = 11003


@dataclass(frozen=True)
class Typed:
    """``post_by_hand``: a person posts on the web page."""

    account: str
    text: str


@dataclass(frozen=True)
class Reviewed:
    """``set_app_level``: the platform reviews an app, or takes its level away."""

    app_key: str
    level: AppLevel
