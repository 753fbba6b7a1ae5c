"""What can go wrong between a client and the platform, and when it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from bot.sandbox.tables import ScenarioError


class FaultKind(StrEnum):
    """One way to fail; `*_after` means that the effect has happened."""

    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    HTTP_5XX = "http_5xx"
    HTTP_5XX_AFTER = "http_5xx_after"
    HTML_200 = "html_200"
    HTML_200_AFTER = "html_200_after"
    ERROR = "error"
    ERROR_AFTER = "error_after"
    SLOW = "slow"
    EVENT_BEFORE_ANSWER = "event_before_answer"
    EVENT_LOST = "event_lost"
    EVENT_DOUBLED = "event_doubled"
    EVENT_LATE = "event_late"


EVENT_KINDS = frozenset({FaultKind.EVENT_LOST, FaultKind.EVENT_DOUBLED, FaultKind.EVENT_LATE})
WITHOUT_EFFECT = frozenset(
    {
        FaultKind.TIMEOUT_BEFORE,
        FaultKind.RESET_BEFORE,
        FaultKind.HTTP_5XX,
        FaultKind.HTML_200,
        FaultKind.ERROR,
    }
)


@dataclass(frozen=True)
class Fault:
    """A scripted failure.

    `path` is a glob over the request path, or over the event's name for the event kinds
    (``PUBLISHJOBFINISH``, ``message:text``). `account` is the scenario's account name, "" for any.
    The fault begins at the `nth` matching call (1 = the next one) and lasts `count` calls; 0 is
    for ever. `seconds` is how long a connection is held, an answer or an event delayed.
    """

    kind: FaultKind
    path: str = "*"
    account: str = ""
    platform: str = ""
    nth: int = 1
    count: int = 1
    seconds: float = 30.0
    status: int = 502
    code: int = -1
    message: str = ""

    def __post_init__(self) -> None:
        """Refuse numbers that could never match."""
        if self.nth < 1 or self.count < 0:
            raise ScenarioError("fault: nth starts at 1, count at 0 (for ever)")

    @property
    def is_for_events(self) -> bool:
        """True when the fault acts on a push, not on a request."""
        return self.kind in EVENT_KINDS

    @property
    def lets_the_effect_happen(self) -> bool:
        """True when the request does its work although the caller may never hear of it."""
        return self.kind not in WITHOUT_EFFECT

    def matches(self, path: str, account: str) -> bool:
        """Say whether a call or event of this name and account is meant."""
        return self.account in ("", account) and fnmatchcase(path, self.path)


@dataclass
class _Armed:
    fault: Fault
    seen: int = 0

    def strike(self) -> bool:
        """Count one matching call and say whether it is hit."""
        self.seen += 1
        last = self.fault.nth + self.fault.count - 1
        return self.seen >= self.fault.nth and (self.fault.count == 0 or self.seen <= last)


class FaultBook:
    """The faults in force, each with the number of calls it has seen."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self._armed = [_Armed(fault) for fault in faults]

    def add(self, fault: Fault) -> None:
        """Arm one more fault; its calls are counted from now."""
        self._armed.append(_Armed(fault))

    def clear(self) -> None:
        """Forget every fault."""
        self._armed.clear()

    def pending(self) -> list[Fault]:
        """Return the faults that can still strike."""
        return [one.fault for one in self._armed if not self._is_spent(one)]

    def for_request(self, path: str, account: str) -> Fault | None:
        """Count a request against every fault that matches; return the first that strikes it."""
        return self._take(path, account, events=False)

    def for_event(self, name: str, account: str) -> Fault | None:
        """Count a push against every event fault that matches; return the first that strikes it."""
        return self._take(name, account, events=True)

    def _take(self, path: str, account: str, *, events: bool) -> Fault | None:
        meant = [
            one
            for one in self._armed
            if one.fault.is_for_events is events and one.fault.matches(path, account)
        ]
        struck = [one.fault for one in meant if one.strike()]
        return struck[0] if struck else None

    @staticmethod
    def _is_spent(one: _Armed) -> bool:
        return one.fault.count > 0 and one.seen >= one.fault.nth + one.fault.count - 1
