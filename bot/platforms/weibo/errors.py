"""From what Weibo says went wrong to our own errors; the codes themselves are data."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from bot.domain.accounts.budgets import next_budget_day
from bot.domain.errors import (
    UNEXPLAINED,
    AccountSuspended,
    AlreadyDone,
    ContentRejected,
    CredentialExpired,
    Explanation,
    Misconfigured,
    NotPermitted,
    OutcomeUnknown,
    PartlyDone,
    PlatformError,
    PlatformUnavailable,
    RateLimited,
    TargetGone,
)

DUPLICATE = "duplicate"
"""Evidence key: the platform said that the account already holds this content."""


class Reaction(StrEnum):
    """What a code asks of us; `errors.toml` says which is which."""

    RETRY = "retry"
    RATE = "rate"
    REAUTH = "reauth"
    CONTENT = "content"
    SUSPENDED = "suspended"
    HUMAN = "human"
    PERMISSION = "permission"
    CONFIG = "config"
    BUG = "bug"
    GONE = "gone"
    DUPLICATE = "duplicate"
    ACCEPTED = "accepted"
    PARTLY = "partly"


@dataclass(frozen=True)
class Saying:
    """One refusal in the platform's own words, free of secrets."""

    code: str
    words: str = ""
    request: str = ""
    http_status: int = 0
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """What a code means to us; `words` is set where one code has several meanings."""

    reaction: Reaction
    explanation: Explanation
    until: str = ""
    words: str = ""


@dataclass(frozen=True)
class ErrorTable:
    """`errors.toml`, parsed."""

    codes: Mapping[str, Row]
    families: Mapping[str, Row]
    variants: Mapping[str, tuple[Row, ...]]
    oauth_words: Mapping[str, str]

    def row(self, code: str, words: str) -> Row:
        """The row for a code; the platform's words decide where it has several meanings."""
        for variant in self.variants.get(code, ()):
            if variant.words in words.lower():
                return variant
        if code in self.codes:
            return self.codes[code]
        prefixes = sorted(self.families, key=len, reverse=True)
        fitting = (p for p in prefixes if len(code) == 5 and code.startswith(p))
        family = next(fitting, None)
        return self.families[family] if family else Row(Reaction.HUMAN, UNEXPLAINED)


@cache
def error_table() -> ErrorTable:
    """The table, read once."""
    content = files(__package__).joinpath("errors.toml").read_text("utf-8")
    table = tomllib.loads(content)
    defaults: dict[str, dict[str, str]] = table["reactions"]
    variants: dict[str, tuple[Row, ...]] = {}
    for entry in table["variants"]:
        variants[entry["code"]] = (*variants.get(entry["code"], ()), _row(entry, defaults))
    return ErrorTable(
        codes={code: _row(entry, defaults) for code, entry in table["codes"].items()},
        families={code: _row(entry, defaults) for code, entry in table["families"].items()},
        variants=variants,
        oauth_words=table["oauth_words"],
    )


def error_for(said: Saying, *, writes: bool, now: datetime) -> PlatformError:
    """Our error for a refusal.

    A stumble of the platform on a write leaves the outcome unknown: the vendor does not say that
    nothing was done.
    """
    row = error_table().row(said.code, said.words)
    message = f"weibo refused {said.request or 'the call'}: {said.words or 'no reason given'}"
    if row.reaction is Reaction.RATE:
        until = _RESETS[row.until](now)
        error: PlatformError = RateLimited(message, until=until)
    elif row.reaction is Reaction.RETRY and writes:
        error = OutcomeUnknown(message)
    else:
        error = _TYPES[row.reaction](message)
    error.code, error.detail, error.explanation = said.code, said.words, row.explanation
    error.evidence = _evidence(said, row)
    return error


def _evidence(said: Saying, row: Row) -> dict[str, str]:
    mark = {DUPLICATE: said.code} if row.reaction is Reaction.DUPLICATE else {}
    return {**said.evidence, **mark}


def _row(entry: Mapping[str, Any], defaults: Mapping[str, Mapping[str, str]]) -> Row:
    usual = defaults[entry["reaction"]]
    return Row(
        reaction=Reaction(entry["reaction"]),
        explanation=Explanation(
            cause=entry["cause"],
            next_step=entry.get("next_step", usual["next_step"]),
            who=entry.get("who", usual["who"]),
        ),
        until=entry.get("until", ""),
        words=entry.get("words", ""),
    )


def _next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _one_hour(now: datetime) -> datetime:
    return now + timedelta(hours=1)


_RESETS: Mapping[str, Callable[[datetime], datetime]] = {
    "next_hour": _next_hour,
    "one_hour": _one_hour,
    "next_day": next_budget_day,
}

_TYPES: Mapping[Reaction, type[PlatformError]] = {
    Reaction.RETRY: PlatformUnavailable,
    Reaction.REAUTH: CredentialExpired,
    Reaction.CONTENT: ContentRejected,
    Reaction.SUSPENDED: AccountSuspended,
    Reaction.HUMAN: NotPermitted,
    Reaction.PERMISSION: NotPermitted,
    Reaction.CONFIG: Misconfigured,
    Reaction.BUG: Misconfigured,
    Reaction.GONE: TargetGone,
    Reaction.DUPLICATE: OutcomeUnknown,
    Reaction.ACCEPTED: AlreadyDone,
    Reaction.PARTLY: PartlyDone,
}
