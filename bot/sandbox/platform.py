"""What a simulated platform must offer, so that faults, control and pages work alike for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.sandbox.agenda import Agenda
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault, FaultBook
from bot.sandbox.journal import Journal
from bot.sandbox.pusher import Pusher
from bot.sandbox.scenario import PlatformScript, Scenario
from bot.sandbox.tables import Table

NOTES_KEY = "sandbox.notes"


@dataclass(frozen=True)
class Stage:
    """What a platform stands on: time, later work, faults, callbacks and the record of calls.

    `public_base` is where readers reach this server, without a slash at the end.
    """

    clock: Clock
    agenda: Agenda
    faults: FaultBook
    journal: Journal
    pusher: Pusher
    script: PlatformScript
    public_base: str


def open_stage(
    scenario: Scenario,
    platform: str,
    *,
    clock: Clock,
    public_base: str,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Stage:
    """Set the stage for ``wechat`` or ``weibo``; the script's own public_base wins.

    `transport` replaces the network for callbacks.
    """
    script = scenario.script_of(platform)
    agenda = Agenda(clock)
    faults = FaultBook(scenario.faults_of(platform))
    pusher = Pusher(
        clock=clock,
        agenda=agenda,
        faults=faults,
        timeout_seconds=script.push_timeout_seconds,
        attempts=script.push_attempts,
        transport=transport,
    )
    base = (script.public_base or public_base).rstrip("/")
    return Stage(clock, agenda, faults, Journal(), pusher, script, base)


@dataclass(frozen=True)
class Incoming:
    """A request before its handler sees it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Entry:
    """One thing a reader sees in an account's feed; `url` is on this server, `at` Unix seconds."""

    title: str
    text: str
    url: str
    at: float
    remark: str = ""
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """An account's public page, newest entry first; `chats` are the addresses under which its
    followers see what they and the account wrote to each other."""

    account: str
    entries: tuple[Entry, ...]
    chats: tuple[tuple[str, str], ...] = ()


class Platform(Protocol):
    """One simulated platform."""

    def account_of(self, incoming: Incoming) -> str:
        """Return the name of the scenario account a request acts for, "" when none can be told."""
        ...

    def error_answer(self, incoming: Incoming, fault: Fault) -> Response:
        """Return the platform's own error body for `fault.code` and `fault.message`."""
        ...

    def outcome_of(self, status: int, body: bytes) -> str:
        """Return ``ok`` or ``error <code>`` for an answer of this platform."""
        ...

    def act(self, name: str, arguments: Table) -> Any:
        """Do what a follower, editor or administrator does; return JSON about it.

        Raises:
            ScenarioError: for an unknown act or arguments that do not fit.
        """
        ...

    def state(self) -> Any:
        """Return all that happened so far, as JSON, for tests."""
        ...

    def feeds(self) -> list[Feed]:
        """Return what readers see."""
        ...

    def routes(self) -> list[BaseRoute]:
        """Return the platform's HTTP routes."""
        ...


def note(request: Request, key: str, value: Any) -> None:
    """Add a remark to the journal's entry of this request."""
    request.scope.setdefault(NOTES_KEY, {})[key] = value
