"""The one place every platform request passes: faults strike here and calls are recorded."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field

from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.journal import Call
from bot.sandbox.platform import NOTES_KEY, Incoming, Platform, Stage
from bot.sandbox.serving import hang_up

OWN_PREFIX = "/_sandbox"
ERROR_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>"
)
HOLDS = frozenset({FaultKind.TIMEOUT_BEFORE, FaultKind.TIMEOUT_AFTER})
RESETS = frozenset({FaultKind.RESET_BEFORE, FaultKind.RESET_AFTER})
ERRORS = frozenset({FaultKind.ERROR, FaultKind.ERROR_AFTER})
PAGES = frozenset(
    {
        FaultKind.HTTP_5XX,
        FaultKind.HTTP_5XX_AFTER,
        FaultKind.HTML_200,
        FaultKind.HTML_200_AFTER,
    }
)


@dataclass
class _Kept:
    """An answer held back until it is known whether the caller may have it."""

    messages: list[Message] = field(default_factory=list)

    async def keep(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"]) if self.messages else 0

    @property
    def body(self) -> bytes:
        return b"".join(one.get("body", b"") for one in self.messages[1:])

    async def send_on(self, send: Send) -> None:
        for message in self.messages:
            await send(message)


@dataclass(frozen=True)
class _Visit:
    """A request under way, with the fault that struck it."""

    scope: Scope
    receive: Receive
    send: Send
    incoming: Incoming
    account: str
    fault: Fault | None
    kept: _Kept


class Gate:
    """ASGI middleware round a platform's routes; the sandbox's own pages pass untouched."""

    def __init__(self, app: ASGIApp, *, platform: Platform, stage: Stage) -> None:
        self._app = app
        self._platform = platform
        self._stage = stage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run due work, let the request act unless a fault forbids it, record it, answer."""
        if scope["type"] != "http" or scope["path"].startswith(OWN_PREFIX):
            await self._app(scope, receive, send)
            return
        incoming = await _read(scope, receive)
        self._stage.agenda.run_due()
        account = self._platform.account_of(incoming)
        fault = self._stage.faults.for_request(incoming.path, account)
        visit = _Visit(scope, receive, send, incoming, account, fault, _Kept())
        if fault is None or fault.lets_the_effect_happen:
            await self._app(scope, _replay(incoming.body), visit.kept.keep)
        self._record(visit)
        if fault is None:
            await visit.kept.send_on(send)
        else:
            await self._spoil(visit, fault)

    async def _spoil(self, visit: _Visit, fault: Fault) -> None:
        if fault.kind in HOLDS:
            await _wait_for_the_caller_to_leave(visit.receive, fault.seconds)
            await hang_up(visit.scope, reset=False)
        elif fault.kind in RESETS:
            await hang_up(visit.scope, reset=True)
        elif fault.kind in ERRORS:
            answer = self._platform.error_answer(visit.incoming, fault)
            await answer(visit.scope, visit.receive, visit.send)
        elif fault.kind in PAGES:
            is_200 = fault.kind in (FaultKind.HTML_200, FaultKind.HTML_200_AFTER)
            page = HTMLResponse(ERROR_PAGE, status_code=200 if is_200 else fault.status)
            await page(visit.scope, visit.receive, visit.send)
        else:
            await self._delay(visit.account, fault)
            await visit.kept.send_on(visit.send)

    async def _delay(self, account: str, fault: Fault) -> None:
        if fault.kind is FaultKind.EVENT_BEFORE_ANSWER:
            self._stage.agenda.hasten(account)
            await self._stage.pusher.drain()
        elif fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)

    def _record(self, visit: _Visit) -> None:
        kept, incoming = visit.kept, visit.incoming
        is_done = bool(kept.messages)
        self._stage.journal.record(
            Call(
                at=self._stage.clock.now(),
                method=incoming.method,
                path=incoming.path,
                account=visit.account,
                digest=hashlib.sha256(incoming.body).hexdigest(),
                size=len(incoming.body),
                status=kept.status,
                outcome=self._platform.outcome_of(kept.status, kept.body)
                if is_done
                else "not done",
                fault=str(visit.fault.kind) if visit.fault else "",
                notes=dict(visit.scope.get(NOTES_KEY, {})),
            )
        )


async def _read(scope: Scope, receive: Receive) -> Incoming:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            break
    return Incoming(
        method=scope["method"],
        path=scope["path"],
        query=dict(QueryParams(scope["query_string"])),
        headers=dict(Headers(scope=scope)),
        body=body,
    )


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _wait_for_the_caller_to_leave(receive: Receive, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except (TimeoutError, asyncio.CancelledError):
        # A server that stops cancels what it holds; the caller is hung up on all the same.
        return
