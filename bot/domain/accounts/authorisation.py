"""Authorisation: how long an account's token still lives, and what may be read with it."""

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.durations import span

RENEWED_BY_PEOPLE = frozenset({PlatformName.WEIBO})
"""Platforms that give a server no way to renew a token: somebody has to consent again."""

NEEDS_LEGAL_BASIS = frozenset({PlatformName.WEIBO})
"""Platforms whose terms restrict keeping what followers wrote; see docs/platforms/."""
LEGAL_BASIS = "collecting_basis"
"""The account's option in which an officer says on what legal basis it is collected."""

STREAM = "authorisation"
"""What a collector reads to learn how long a token still lives."""
TOLD_AT = "told_at"
"""In the cursor of that stream: when somebody told us that the authorisation was taken back."""
ASKED_AT = "asked_at"
"""In the same: when the platform was asked last."""
ASK_AGAIN = timedelta(hours=4)
"""Anybody can tell us, so the platform is asked at most so often because of it."""


class Life(StrEnum):
    """What is left of an authorisation; each but the first asks somebody to act."""

    LONG = "long"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    OVER = "over"


_STAGES = (
    (timedelta(0), Life.OVER),
    (timedelta(hours=1), Life.HOUR),
    (timedelta(days=1), Life.DAY),
    (timedelta(days=7), Life.WEEK),
)


def life_of(expires_at: datetime, now: datetime) -> Life:
    """The stage: told at 7 days, 1 day, 1 hour, and when it is over."""
    left = expires_at - now
    return next((life for most, life in _STAGES if left <= most), Life.LONG)


def life_in_words(expires_at: datetime, now: datetime) -> str:
    """One sentence for staff."""
    if life_of(expires_at, now) is Life.OVER:
        return "授权已到期"
    return f"授权还有 {span((expires_at - now).total_seconds())}到期"


def asks_for_consent(platform: str, expires_at: datetime | None, now: datetime) -> bool:
    """Whether somebody must consent again, soon or now."""
    if platform not in RENEWED_BY_PEOPLE or expires_at is None:
        return False
    return life_of(expires_at, now) is not Life.LONG


def code_in(given: str) -> str:
    """The code of a consent, also out of the whole address in which it came back; empty for one
    that says that nobody consented."""
    words = given.strip()
    query = parse_qs(urlsplit(words).query)
    return query.get("code", [""] if "error" in query else [words])[0]


def may_collect(account: Account) -> bool:
    """Whether comments and mentions are read and kept: only once somebody has said why they may
    be, where the platform's terms ask for that."""
    return account.platform not in NEEDS_LEGAL_BASIS or bool(account.options.get(LEGAL_BASIS))
