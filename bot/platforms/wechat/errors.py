"""From WeChat's numbers to our tree of errors; what each means is data in errors.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.domain.accounts.budgets import next_budget_day
from bot.domain.errors import (
    UNEXPLAINED,
    AlreadyDone,
    ContentRejected,
    CredentialExpired,
    Explanation,
    Misconfigured,
    NotPermitted,
    OutcomeUnknown,
    PlatformError,
    PlatformUnavailable,
    RateLimited,
    TargetGone,
)

_RID = re.compile(r"rid: ?([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})")
_REFUSED_IP = re.compile(r"invalid ip ([0-9A-Fa-f.:]+)")


class Effect(StrEnum):
    """What a call may change: nothing, something only we see, or something others see."""

    READ = "read"
    PRIVATE = "private"
    PUBLIC = "public"

    @property
    def changes_something(self) -> bool:
        """Whether a missing answer leaves the outcome unknown."""
        return self is not Effect.READ


class Reaction(StrEnum):
    """The right reaction to a code; errors.toml says what each means."""

    BUSY = "busy"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    TOKEN = "token"  # noqa: S105
    CONTENT = "content"
    CONFIG = "config"
    PERMIT = "permit"
    GONE = "gone"
    LOOKUP = "lookup"
    DONE = "done"


class Section(StrEnum):
    """The tables of errors.toml."""

    ERROR = "error"
    TOKEN_ERROR = "token_error"  # noqa: S105
    PUBLISH_STATUS = "publish_status"
    MASS_STATUS = "mass_status"


@dataclass(frozen=True)
class Row:
    """One code: how to react, and what to tell staff."""

    reaction: Reaction
    explanation: Explanation


_KINDS: Mapping[Reaction, type[PlatformError]] = {
    Reaction.TOKEN: CredentialExpired,
    Reaction.CONTENT: ContentRejected,
    Reaction.CONFIG: Misconfigured,
    Reaction.PERMIT: NotPermitted,
    Reaction.GONE: TargetGone,
    Reaction.LOOKUP: OutcomeUnknown,
    Reaction.DONE: AlreadyDone,
}
_PAUSES = {Reaction.MINUTE: timedelta(seconds=61), Reaction.HOUR: timedelta(hours=1)}


@cache
def table(section: Section) -> Mapping[str, Row]:
    """Every code of a section with its row."""
    with Path(__file__).with_name("errors.toml").open("rb") as file:
        rows = tomllib.load(file)[section.value]
    return {
        code: Row(
            Reaction(row["reaction"]), Explanation(row["cause"], row["next_step"], row["who"])
        )
        for row in rows
        for code in row["codes"]
    }


def error_of(
    code: str,
    words: str,
    *,
    what: str,
    effect: Effect,
    now: datetime,
    section: Section = Section.ERROR,
) -> PlatformError:
    """The typed error for `code`, which the platform gave to `what` in its own `words`.

    A code without a row is Misconfigured and unexplained, so nothing is ever retried on it.
    """
    row = table(section).get(code) or table(Section.ERROR).get(code)
    if row is None:
        return _filled(Misconfigured, what, code, words, UNEXPLAINED)
    explanation = _with_ip(row.explanation, words)
    if row.reaction is Reaction.BUSY:
        kind = OutcomeUnknown if effect is Effect.PUBLIC else PlatformUnavailable
        return _filled(kind, what, code, words, explanation)
    if row.reaction in _KINDS:
        return _filled(_KINDS[row.reaction], what, code, words, explanation)
    until = now + _PAUSES[row.reaction] if row.reaction in _PAUSES else next_budget_day(now)
    limited = _filled(RateLimited, what, code, words, explanation)
    return replace(limited, until=until) if isinstance(limited, RateLimited) else limited


def job_failure(section: Section, status: str, *, what: str) -> PlatformError:
    """The typed error for a publish or mass job that ended with `status`."""
    row = table(section).get(status)
    if row is None:
        return _filled(Misconfigured, what, status, "", UNEXPLAINED)
    return _filled(_KINDS[row.reaction], what, status, "", row.explanation)


def _filled(
    kind: type[PlatformError], what: str, code: str, words: str, explanation: Explanation
) -> PlatformError:
    rid = _RID.search(words)
    return kind(
        message=f"{what}: refused",
        code=code,
        detail=words,
        explanation=explanation,
        evidence={"rid": rid[1]} if rid else {},
    )


def _with_ip(explanation: Explanation, words: str) -> Explanation:
    """An allow-list refusal names our own address: the one thing its reader needs."""
    found = _REFUSED_IP.search(words)
    if found is None:
        return explanation
    return replace(explanation, cause=f"{explanation.cause}（本服务器的 IP：{found[1]}）")
