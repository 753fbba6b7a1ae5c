"""Our callback door as a platform finds it: one push in, its answer out, nothing left running."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
from starlette.types import Receive, Scope, Send

from bot.callbacks.door import CallbackDesk, CallbackDoor
from bot.callbacks.grouping import GroupWriter
from bot.domain.replies.reply import Reply
from bot.ports.storage import Storage


class InlineWriter(GroupWriter):
    """The real group writer, which does its work while its caller waits, and tries once."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage, give_up_seconds=0)

    async def store(self, reply: Reply) -> Reply:
        """As promised by `GroupWriter.store`."""
        waiting = asyncio.ensure_future(super().store(reply))
        await asyncio.sleep(0)
        self._wishes.put(None)
        try:
            self._work()
        except BaseException:
            waiting.cancel()
            raise
        return await waiting


async def through_door(
    desk: CallbackDesk, writer: GroupWriter, request: httpx.Request
) -> httpx.Response:
    """The door's answer to one request, stored by `writer`."""
    body = await request.aread()
    messages: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "method": request.method,
        "path": request.url.path,
        "query_string": request.url.query,
        "headers": [],
    }
    await CallbackDoor(_nobody_else, replace(desk, writer=writer))(scope, receive, send)
    content = b"".join(one.get("body", b"") for one in messages[1:])
    return httpx.Response(messages[0]["status"], content=content, request=request)


async def _nobody_else(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError(f"not for the callbacks: {scope['path']}")
