"""How long an account has been silent: the inspection of new media asks for a post in two weeks."""

from datetime import datetime, timedelta
from enum import StrEnum

ADVICE_DAYS, WARNING_DAYS, LAST_DAYS, VETO_DAYS = 7, 10, 12, 14
"""Silence of two weeks fails an account in the inspection (国办秘函〔2019〕19号, 单项否决
指标), so staff are told before it, three times."""


class Silence(StrEnum):
    """How urgent a new post is."""

    NONE = "none"
    ADVICE = "advice"
    WARNING = "warning"
    LAST = "last"
    VETO = "veto"


def silence_of(last_published_at: datetime, now: datetime) -> Silence:
    """By whole days since the last post that became public."""
    days = (now - last_published_at) // timedelta(days=1)
    for at, silence in (
        (VETO_DAYS, Silence.VETO),
        (LAST_DAYS, Silence.LAST),
        (WARNING_DAYS, Silence.WARNING),
        (ADVICE_DAYS, Silence.ADVICE),
    ):
        if days >= at:
            return silence
    return Silence.NONE


def last_day(last_published_at: datetime) -> datetime:
    """When the silence fails the account."""
    return last_published_at + timedelta(days=VETO_DAYS)


def is_gap(last_published_at: datetime, next_at: datetime) -> bool:
    """Whether the account fails before its next planned post comes."""
    return next_at >= last_day(last_published_at)
