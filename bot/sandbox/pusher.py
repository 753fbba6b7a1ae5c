"""Delivers callbacks as the platforms do: a time-out, a few tries, and a record of each."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from bot.sandbox.agenda import Agenda
from bot.sandbox.clock import Clock
from bot.sandbox.faults import FaultBook, FaultKind

KEPT_ATTEMPTS = 50_000
KEPT_ANSWER_CHARACTERS = 4_000


@dataclass(frozen=True)
class Outgoing:
    """One HTTP request to the account's callback address."""

    url: str
    body: bytes
    method: str = "POST"
    content_type: str = "text/xml"


@dataclass(frozen=True)
class Verdict:
    """What the platform makes of an answer: taken or not, and what the follower gets to see."""

    is_accepted: bool
    note: str = ""


@dataclass(frozen=True)
class Push:
    """Something to tell an account.

    `build` makes the request of the n-th try (from 1), since a try may be signed anew. `judge`
    looks at a 200 answer's body. `finished` is called once with the last verdict.
    """

    account: str
    name: str
    build: Callable[[int], Outgoing]
    judge: Callable[[bytes], Verdict]
    finished: Callable[[Verdict], None] = lambda _: None


@dataclass(frozen=True)
class Attempt:
    """One try of one push: when (Unix seconds), how long, and what came back."""

    at: float
    account: str
    name: str
    url: str
    number: int
    status: int
    seconds: float
    answer: str
    outcome: str


class Pusher:
    """Sends pushes in the background; each account's pushes run side by side, as in the wild."""

    def __init__(
        self,
        *,
        clock: Clock,
        agenda: Agenda,
        faults: FaultBook,
        timeout_seconds: float,
        attempts: int,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._clock = clock
        self._agenda = agenda
        self._faults = faults
        self._timeout_seconds = timeout_seconds
        self._attempts = attempts
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._tasks: set[asyncio.Task[Verdict]] = set()
        self._log: deque[Attempt] = deque(maxlen=KEPT_ATTEMPTS)

    def attempts(self, account: str = "", name: str = "") -> list[Attempt]:
        """Return the tries so far, of one account and one kind of push when given."""
        return [one for one in self._log if account in ("", one.account) and name in ("", one.name)]

    def enqueue(self, push: Push) -> None:
        """Send `push` soon, subject to the event faults; needs a running event loop."""
        fault = self._faults.for_event(push.name, push.account)
        kind = fault.kind if fault else None
        if fault is not None and kind is FaultKind.EVENT_LATE:
            self._agenda.after(fault.seconds, lambda: self._start(push), owner=push.account)
            return
        if kind is FaultKind.EVENT_LOST:
            return
        self._start(push)
        if kind is FaultKind.EVENT_DOUBLED:
            self._start(push)

    async def drain(self) -> None:
        """Wait until every push under way has come to its end."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Drop what is under way and close the connections."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _start(self, push: Push) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(push))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, push: Push) -> Verdict:
        verdict = Verdict(is_accepted=False, note="never tried")
        for number in range(1, self._attempts + 1):
            verdict = await self._try(push, number)
            if verdict.is_accepted:
                break
        push.finished(verdict)
        return verdict

    async def _try(self, push: Push, number: int) -> Verdict:
        outgoing = push.build(number)
        started, at = time.monotonic(), self._clock.now()
        status, answer = 0, b""
        try:
            # httpx times each read on its own; the platform's five seconds are for the whole try.
            async with asyncio.timeout(self._timeout_seconds):
                response = await self._open_client().request(
                    outgoing.method,
                    outgoing.url,
                    content=outgoing.body,
                    headers={"Content-Type": outgoing.content_type},
                )
            status, answer = response.status_code, response.content
            verdict = push.judge(answer) if status == 200 else Verdict(False, f"HTTP {status}")
        except (httpx.TransportError, httpx.InvalidURL, TimeoutError) as error:
            verdict = Verdict(is_accepted=False, note=type(error).__name__)
        self._log.append(
            Attempt(
                at=at,
                account=push.account,
                name=push.name,
                url=outgoing.url,
                number=number,
                status=status,
                seconds=round(time.monotonic() - started, 4),
                answer=answer.decode("utf-8", "replace")[:KEPT_ANSWER_CHARACTERS],
                outcome="accepted" if verdict.is_accepted else f"refused: {verdict.note}",
            )
        )
        return verdict

    def _open_client(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
            self._client = httpx.AsyncClient(
                transport=self._transport,
                timeout=self._timeout_seconds,
                limits=limits,
                trust_env=False,
            )
        return self._client
