"""The office's written rules of disclosure, inquiries, complaints and replies
(信息公开咨询投诉回复制度), version by version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Chapter:
    """A chapter with its articles, numbered through the whole text."""

    heading: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class ReplySystem:
    """One version of the rules, in force from a day on until the next one is."""

    version: str
    title: str
    since: date
    chapters: tuple[Chapter, ...]


def in_force(versions: Sequence[ReplySystem], day: date) -> ReplySystem | None:
    """The version that is in force on this day; None before the first."""
    begun = [version for version in versions if version.since <= day]
    return max(begun, key=lambda version: version.since, default=None)


def former(versions: Sequence[ReplySystem], day: date) -> Sequence[ReplySystem]:
    """Those that were in force before, the last one first."""
    now = in_force(versions, day)
    past = [version for version in versions if now is not None and version.since < now.since]
    return sorted(past, key=lambda version: version.since, reverse=True)
