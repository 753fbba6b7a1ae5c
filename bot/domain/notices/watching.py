"""Watching: of what is the matter now and what was told before, what is to be told. Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from bot.domain.notices.condition import MANNERS, Condition, ConditionKind

MOST_LINES = 5
"""A message names so many and counts the rest: group robots take two kilobytes."""
LONGEST_LINE = 120


class Stage(StrEnum):
    """Which message of a condition's life."""

    BEGAN = "began"
    LASTS = "lasts"
    ENDED = "ended"


@dataclass(frozen=True)
class Alert:
    """A condition that was told and has not ended."""

    condition: Condition
    since: datetime
    told_at: datetime


@dataclass(frozen=True)
class Message:
    """One message for everybody it concerns. `key` is the same for the same thing within its
    hour: whoever sees it a second time says nothing."""

    kind: ConditionKind
    stage: Stage
    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Watched:
    """What follows: alerts as they stand now, those that ended, and what to say."""

    alerts: tuple[Alert, ...]
    ended: tuple[Alert, ...]
    messages: tuple[Message, ...]


def watch(
    conditions: Iterable[Condition],
    known: Sequence[Alert],
    *,
    now: datetime,
    unseen: frozenset[ConditionKind] = frozenset(),
) -> Watched:
    """Told once when it begins, again at each new step and each `Manner.repeat` while it lasts,
    and when it is over.

    Conditions of one kind that begin, last or end together are one message. Kinds in `unseen`
    could not be looked at: what is known of them stays as it is.
    """
    current = {(c.kind, c.subject): c for c in conditions}
    before = {_key(a): a for a in known}
    began = [Alert(c, now, now) for key, c in current.items() if key not in before]
    lasting = [replace(before[key], condition=c) for key, c in current.items() if key in before]
    again = [a for a in lasting if _is_due(a, before[_key(a)], now)]
    quiet = [a for a in lasting if a not in again]
    gone = [a for key, a in before.items() if key not in current]
    kept = [a for a in gone if a.condition.kind in unseen]
    ended = [a for a in gone if a.condition.kind not in unseen]
    retold = [replace(a, told_at=now) for a in again]
    messages = (
        *_messages(Stage.BEGAN, began, now),
        *_messages(Stage.LASTS, again, now),
        *_messages(Stage.ENDED, _worth_telling(ended), now),
    )
    return Watched((*began, *retold, *quiet, *kept), tuple(ended), messages)


def _key(alert: Alert) -> tuple[ConditionKind, str]:
    return alert.condition.kind, alert.condition.subject


def _is_due(alert: Alert, before: Alert, now: datetime) -> bool:
    is_new = alert.condition.step != before.condition.step
    return is_new or now - alert.told_at >= MANNERS[alert.condition.kind].repeat


def _worth_telling(ended: Sequence[Alert]) -> list[Alert]:
    return [alert for alert in ended if MANNERS[alert.condition.kind].tells_end]


def _messages(stage: Stage, alerts: Sequence[Alert], now: datetime) -> Iterable[Message]:
    ordered = sorted(alerts, key=lambda alert: (alert.condition.kind, alert.condition.subject))
    for kind, group in groupby(ordered, key=lambda alert: alert.condition.kind):
        yield _message(kind, stage, list(group), now)


def _message(kind: ConditionKind, stage: Stage, alerts: Sequence[Alert], now: datetime) -> Message:
    marks = {Stage.BEGAN: "【提醒】", Stage.LASTS: "【仍未解决】", Stage.ENDED: "【已恢复】"}
    lines = [_line(alert.condition.words) for alert in alerts[:MOST_LINES]]
    if len(alerts) > MOST_LINES:
        lines.append(f"等 {len(alerts)} 项")
    since = "\n".join(sorted(f"{_named(a)}:{a.since.isoformat()}" for a in alerts))
    digest = hashlib.sha256(since.encode()).hexdigest()[:16]
    hour = f"{now:%Y%m%d%H}" if stage is Stage.LASTS else ""
    title = f"{marks[stage]}{MANNERS[kind].title}"
    return Message(kind, stage, f"{kind}:{stage}:{digest}:{hour}", title, "\n".join(lines))


def _named(alert: Alert) -> str:
    """Its subject, and its step where it has one: each is a message of its own."""
    return f"{alert.condition.subject}{alert.condition.step and '/'}{alert.condition.step}"


def _line(words: str) -> str:
    return words if len(words) <= LONGEST_LINE else f"{words[: LONGEST_LINE - 1]}…"
