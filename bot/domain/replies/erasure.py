"""Erasure: what a follower said leaves our tables when they leave, ask for it, or time is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import AccountId, ErasureId

DELAY_OPTION = "erase_days_after_unsubscribe"
RETENTION_OPTION = "retention_days"
SETTLING = timedelta(seconds=60)
"""A push is tried again for some 15 seconds; a double of what was just erased would bring it
back, so erasing waits until no more can come."""


class ErasureReason(StrEnum):
    """Why a follower's data is erased."""

    UNSUBSCRIBED = "unsubscribed"
    REVOKED = "revoked"
    REQUESTED = "requested"


@dataclass(frozen=True)
class Erasure:
    """One follower's data on one account, said up to `until`. `follower` is the platform's id
    and is emptied when it is done; `pseudonym` is the keyed hash that stays."""

    id: ErasureId
    account: AccountId
    follower: str
    pseudonym: str
    reason: ErasureReason
    until: datetime
    due_at: datetime
    asked_by: str
    done_at: datetime | None = None
    replies: int = 0
    answers: int = 0


@dataclass(frozen=True)
class Erased:
    """What one turn erased; `last` is when the newest of its replies was received."""

    replies: int = 0
    answers: int = 0
    last: datetime | None = None
    cases: int = 0


def due_at(
    reason: ErasureReason, *, left_at: datetime, noticed_at: datetime, options: Mapping[str, str]
) -> datetime:
    """When the erasure of a follower who left is due: at once, unless the account's archive
    rules give those who only stopped following some days."""
    wait = timedelta()
    if reason is ErasureReason.UNSUBSCRIBED:
        wait = timedelta(days=days_of(options, DELAY_OPTION))
    return max(left_at + wait, noticed_at)


def days_of(options: Mapping[str, str], name: str) -> int:
    """An option in whole days; absent or no number means 0."""
    value = options.get(name, "").strip()
    return int(value) if value.isascii() and value.isdecimal() else 0
