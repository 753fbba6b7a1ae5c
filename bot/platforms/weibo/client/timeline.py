"""Reading back posts: one by its id, and the account's newest five."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.platforms.weibo.client.counters import number_of
from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.objects import Status
from bot.platforms.weibo.client.session import Session

NEWEST = 5
"""`user_timeline` shows no more to an ordinary app, whatever `count` says."""

MOST_COUNTED = 100


@dataclass(frozen=True)
class Timeline:
    """The account's newest posts, newest first; `total` counts all it ever made."""

    statuses: tuple[Status, ...]
    total: int | None

    @property
    def is_whole(self) -> bool:
        """Whether no post of the account lies outside what is shown."""
        return self.total is not None and self.total <= len(self.statuses) < NEWEST


def show(session: Session, status_id: str) -> Status:
    """`statuses/show`: one post.

    Raises:
        TargetGone: it does not exist (20101).
        NotPermitted: the app may not use this call (10014).
    """
    return session.get(Host.API, "/2/statuses/show.json", {"id": status_id}, Status.of)


def own_timeline(session: Session) -> Timeline:
    """`statuses/user_timeline`: the newest posts of the authorised account."""
    fields = {"count": str(NEWEST), "trim_user": "1"}
    return session.get(Host.API, "/2/statuses/user_timeline.json", fields, _timeline)


@dataclass(frozen=True)
class Counts:
    """What became of a post so far."""

    comments: int
    reposts: int
    likes: int


def counts(session: Session, status_ids: Sequence[str]) -> Mapping[str, Counts]:
    """`statuses/count`: what became of each of up to a hundred posts, in one call. What is not
    there any more is left out."""
    fields = {"ids": ",".join(status_ids[:MOST_COUNTED])}
    return session.get(Host.API, "/2/statuses/count.json", fields, _counts)


def _counts(body: Any) -> Mapping[str, Counts]:
    return {str(int(one["id"])): _counts_of(one) for one in body}


def _counts_of(one: Mapping[str, Any]) -> Counts:
    comments, reposts, likes = (number_of(one[n]) for n in ("comments", "reposts", "attitudes"))
    return Counts(comments, reposts, likes)


def _timeline(body: Any) -> Timeline:
    total = body.get("total_number")
    statuses = tuple(Status.of(one) for one in body["statuses"])
    return Timeline(statuses, int(total) if total is not None else None)
