"""What a seeded sky lets the platforms do wrong, and when."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.accounts.account import PlatformName
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.running import ControlClient
from tests.chaos.city import City, Holder
from tests.chaos.extent import Extent

_WECHAT, _WEIBO = PlatformName.WECHAT, PlatformName.WEIBO
TOKENS_DEAD = "token dead"
SLOW_SECONDS = 3.0
HANG_SECONDS = 20.0
"""A platform that holds a call hangs up after this; ours gives an accepting call 15 s."""
EVENT_LATE_SECONDS = 20.0

_KINDS = FaultKind
_LOST_CALLS = (
    Fault(_KINDS.TIMEOUT_BEFORE, seconds=HANG_SECONDS),
    Fault(_KINDS.RESET_BEFORE),
    Fault(_KINDS.HTTP_5XX),
    Fault(_KINDS.HTML_200),
)
_LOST_ANSWERS = (
    Fault(_KINDS.TIMEOUT_AFTER, seconds=HANG_SECONDS),
    Fault(_KINDS.RESET_AFTER),
    Fault(_KINDS.HTTP_5XX_AFTER),
    Fault(_KINDS.HTML_200_AFTER),
    Fault(_KINDS.SLOW, seconds=SLOW_SECONDS),
)
_EVENTS = (
    Fault(_KINDS.EVENT_LOST, "PUBLISHJOBFINISH"),
    Fault(_KINDS.EVENT_DOUBLED, "PUBLISHJOBFINISH"),
    Fault(_KINDS.EVENT_LATE, "PUBLISHJOBFINISH", seconds=EVENT_LATE_SECONDS),
)
_SUBMIT, _SHARE = "/cgi-bin/freepublish/submit", "/2/statuses/share.json"
_ANY = "/cgi-bin/*"
ON_WECHAT = (
    *(replace(fault, path=_SUBMIT) for fault in (*_LOST_CALLS, *_LOST_ANSWERS)),
    *(replace(fault, path=_ANY) for fault in (*_LOST_CALLS, *_LOST_ANSWERS)),
    Fault(_KINDS.EVENT_BEFORE_ANSWER, _SUBMIT),
    Fault(_KINDS.ERROR, _SUBMIT, code=-1, message="system error"),
    Fault(_KINDS.ERROR_AFTER, _SUBMIT, code=-1, message="system error"),
    Fault(_KINDS.ERROR, _ANY, code=-1, message="system error"),
    Fault(_KINDS.ERROR, _SUBMIT, code=45011, message="api minute-quota reach limit"),
    Fault(_KINDS.ERROR, "/cgi-bin/draft/add", code=45166, message="invalid content"),
    *_EVENTS,
)
# A share of which nothing can be found keeps its account for three minutes and a half, a used-up
# limit for an hour: those that a run has come from the monkey, and the proof has all of them.
ON_WEIBO = (
    *(replace(fault, path=_SHARE) for fault in _LOST_ANSWERS),
    Fault(_KINDS.ERROR, _SHARE, code=10001),
    Fault(_KINDS.ERROR, _SHARE, code=20021),
)
SHARE_ON_WEIBO = 0.1
SHARE_DEAD_TOKENS = 0.05


@dataclass(frozen=True)
class Gust:
    """A fault of a platform, so many seconds after the storm began; None: its tokens die."""

    at: float
    holder: Holder
    fault: Fault | None


def planned(city: City, extent: Extent, seed: int) -> list[Gust]:
    """The same for the same seed; which call a fault meets depends on how fast the machine is."""
    dice = random.Random(seed + 1)
    return sorted(_gusts(city, extent, dice), key=lambda gust: gust.at)


def _gusts(city: City, extent: Extent, dice: random.Random) -> Iterator[Gust]:
    for number in range(extent.faults):
        at = dice.uniform(0, 0.95) * extent.storm_seconds
        if dice.random() < SHARE_ON_WEIBO:
            yield Gust(at, dice.choice(city.sharing), ON_WEIBO[number % len(ON_WEIBO)])
        elif dice.random() < SHARE_DEAD_TOKENS:
            yield Gust(at, dice.choice(city.publishing), None)
        else:
            yield Gust(at, dice.choice(city.publishing), ON_WECHAT[number % len(ON_WECHAT)])


def blow(gust: Gust, controls: Mapping[PlatformName, ControlClient]) -> None:
    """Let it happen to the account's next call of that kind."""
    control = controls[gust.holder.way.platform]
    if gust.fault is None:
        control.act("revoke_tokens", account=gust.holder.name)
    else:
        control.add_fault(replace(gust.fault, account=gust.holder.name))


def tally(gusts: Sequence[Gust], controls: Mapping[PlatformName, ControlClient]) -> dict[str, int]:
    """How many met a call or an event, of each kind."""
    met = Counter(call["fault"] for one in controls.values() for call in one.calls())
    met[TOKENS_DEAD] = sum(gust.fault is None for gust in gusts)
    met.update(gust.fault.kind for gust in gusts if gust.fault and gust.fault.is_for_events)
    waiting = (fault for one in controls.values() for fault in one.pending_faults())
    met.subtract(fault.kind for fault in waiting if fault.is_for_events)
    return {name: times for name, times in sorted(met.items()) if name and times > 0}
