"""A record of every request the sandbox received, for tests and for people who wonder."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

KEPT_CALLS = 50_000


@dataclass(frozen=True)
class Call:
    """One request: when (Unix seconds), where, by which account, what came of it.

    `outcome` is ``ok``, ``error <code>`` or ``not done``; `digest` is the SHA-256 of the body;
    `notes` holds what a handler found remarkable, such as unknown fields.
    """

    at: float
    method: str
    path: str
    account: str
    digest: str
    size: int
    status: int
    outcome: str
    fault: str = ""
    notes: dict[str, Any] = field(default_factory=dict)


class Journal:
    """The calls in order of their arrival's end; the oldest are dropped beyond 50,000."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._counts: Counter[tuple[str, str]] = Counter()

    def record(self, call: Call) -> None:
        """Keep `call`."""
        self._calls.append(call)
        self._counts[call.path, call.account] += 1

    def calls(self, path: str = "*", account: str = "") -> list[Call]:
        """Return the calls whose path matches the glob, of one account when it is given."""
        return [
            call
            for call in self._calls
            if fnmatchcase(call.path, path) and account in ("", call.account)
        ]

    def count(self, path: str, account: str = "") -> int:
        """Return how many calls to exactly `path` were ever made."""
        return sum(
            number
            for (seen_path, seen_account), number in self._counts.items()
            if seen_path == path and account in ("", seen_account)
        )
