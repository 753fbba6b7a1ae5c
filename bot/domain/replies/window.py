"""The window: how long and how often a platform lets us write to a follower."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.durations import span

UNLIMITED = 1_000_000
"""An allowance without a number."""


@dataclass(frozen=True)
class Allowance:
    """What one act of a follower allows: so many messages within a time."""

    count: int
    lasts: timedelta


@dataclass(frozen=True)
class WindowRules:
    """Allowances by what the follower did, and what ends them all (leaving). Each new act of a
    kind renews the allowance of its kind."""

    allowances: Mapping[str, Allowance] = field(default_factory=dict)
    endings: frozenset[str] = frozenset()

    @property
    def longest(self) -> timedelta:
        """How far back an act can still matter."""
        return max((one.lasts for one in self.allowances.values()), default=timedelta())


@dataclass(frozen=True)
class Interaction:
    """Something a follower did; `what` is `message`, or the event's name in small letters."""

    what: str
    at: datetime


@dataclass(frozen=True)
class Exchange:
    """What one follower did lately, and when we wrote to them, or may have."""

    interactions: Sequence[Interaction] = ()
    letters: Sequence[datetime] = ()


class Closed(StrEnum):
    """Why nothing can be sent now."""

    SILENT = "silent"
    USED_UP = "used_up"
    LEFT = "left"


@dataclass(frozen=True)
class Window:
    """What is left: so many messages, until when. `closed` says why there is none."""

    left: int
    until: datetime | None
    closed: Closed | None = None

    @property
    def is_open(self) -> bool:
        """Whether a message can be sent now."""
        return self.closed is None


@dataclass
class _Grant:
    until: datetime
    left: int


def window_at(now: datetime, exchange: Exchange, rules: WindowRules) -> Window:
    """Where the window stands at `now`.

    Each letter is taken from the running allowance that ends first, so that what is left is
    never overstated.
    """
    grants: dict[str, _Grant] = {}
    has_left = False
    for at, act in _in_order(exchange):
        if act is None:
            _take_one(grants.values(), at)
        elif act in rules.endings:
            grants, has_left = {}, True
        elif (allowance := rules.allowances.get(act)) is not None:
            grants[act], has_left = _Grant(at + allowance.lasts, allowance.count), False
    running = [grant for grant in grants.values() if grant.until > now]
    usable = [grant for grant in running if grant.left > 0]
    if usable:
        return Window(sum(g.left for g in usable), max(g.until for g in usable))
    if running:
        return Window(0, max(grant.until for grant in running), Closed.USED_UP)
    return Window(0, None, Closed.LEFT if has_left else Closed.SILENT)


def window_in_words(window: Window, now: datetime, *, platform: str, rules: WindowRules) -> str:
    """One sentence for the desk, with the way out where the window is closed."""
    match window.closed:
        case None if window.until is not None:
            left = span((window.until - now).total_seconds())
            number = "" if window.left >= UNLIMITED // 2 else f"，还可发送 {window.left} 条"
            return f"{platform}窗口还剩 {left}{number}"
        case Closed.USED_UP:
            return (
                f"{platform}窗口内可发送的条数已经用完。请等对方再次来信，或改用电话等其他渠道答复"
            )
        case Closed.LEFT:
            return f"对方已取消关注，不能再用{platform}答复。请改用电话等其他渠道"
        case _:
            longest = span(rules.longest.total_seconds())
            return (
                f"{platform}窗口已关闭：对方最近 {longest}内没有来信。"
                "请等对方再次来信，或改用电话等其他渠道答复"
            )


def _in_order(exchange: Exchange) -> list[tuple[datetime, str | None]]:
    """Acts and letters by time; at one moment the act comes before the letter it allowed."""
    acts: Iterable[tuple[datetime, str | None]] = ((i.at, i.what) for i in exchange.interactions)
    letters: Iterable[tuple[datetime, str | None]] = ((at, None) for at in exchange.letters)
    return sorted([*acts, *letters], key=lambda one: (one[0], one[1] is None))


def _take_one(grants: Iterable[_Grant], at: datetime) -> None:
    usable = [grant for grant in grants if grant.until > at and grant.left > 0]
    if usable:
        min(usable, key=lambda grant: grant.until).left -= 1
