"""The callback endpoints as an ASGI application."""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.callbacks.directory import Directory
from bot.callbacks.grouping import GroupWriter, NotStored
from bot.ports.clock import Clock, Ids
from bot.ports.platform import CallbackChannel, CallbackRefused
from bot.usecases.replies.receive_push import reply_to_push

log = structlog.get_logger()

LARGEST_BODY = 1_000_000

SWITCH_SECONDS = 0.0005
"""How long the writer's thread may keep the loop waiting for the interpreter; Python's own 5 ms
would be paid several times by each push."""


_OUTCOMES = {200: "answered", 503: "not_stored"}
_REFUSED = "refused"


def _no_outcomes() -> Counter[str]:
    return Counter(dict.fromkeys((*_OUTCOMES.values(), _REFUSED), 0))


@dataclass(frozen=True)
class CallbackDesk:
    """What the endpoints work with; `outcomes` counts what became of the pushes since the start
    of the process: answered, refused, not_stored (the platform pushes again)."""

    directory: Directory
    writer: GroupWriter
    clock: Clock
    ids: Ids
    outcomes: Counter[str] = field(default_factory=_no_outcomes)


def callback_routes(desk: CallbackDesk) -> list[Route]:
    """The routes, to be mounted by whoever serves them."""

    async def verify(request: Request) -> Response:
        channel = _channel(desk, request)
        if channel is None:
            return _unknown_account()
        try:
            return PlainTextResponse(channel.verify_url(dict(request.query_params)))
        except CallbackRefused as refusal:
            return _refused(request, refusal)

    async def receive(request: Request) -> Response:
        response = await _receive(desk, request)
        desk.outcomes[_OUTCOMES.get(response.status_code, _REFUSED)] += 1
        return response

    path = "/callbacks/{platform}/{account}"
    return [Route(path, verify, methods=["GET"]), Route(path, receive, methods=["POST"])]


@contextmanager
def opened(desk: CallbackDesk) -> Iterator[None]:
    """The desk with its directory and writer at work."""
    sys.setswitchinterval(SWITCH_SECONDS)
    desk.directory.start()
    desk.writer.start()
    try:
        yield
    finally:
        desk.writer.stop()
        desk.directory.stop()


def create_app(desk: CallbackDesk, *, more: Sequence[Route] = ()) -> Starlette:
    """The callbacks alone, as one process of their own; `more` are its signs of life."""

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        with opened(desk):
            yield

    return Starlette(routes=[*callback_routes(desk), *more], lifespan=living)


async def _receive(desk: CallbackDesk, request: Request) -> Response:
    channel = _channel(desk, request)
    if channel is None:
        return _unknown_account()
    body = await _body(request)
    if body is None:
        return PlainTextResponse("body too large", status_code=413)
    return await _answer(desk, channel, request, body)


async def _answer(
    desk: CallbackDesk, channel: CallbackChannel, request: Request, body: bytes
) -> Response:
    try:
        incoming = channel.decode(dict(request.query_params), body)
    except CallbackRefused as refusal:
        return _refused(request, refusal)
    now = desk.clock.now()
    reply = reply_to_push(incoming, desk.directory.current.rules, ids=desk.ids, now=now)
    try:
        stored = await desk.writer.store(reply)
    except NotStored:
        return PlainTextResponse("not stored, push again", status_code=503)
    content, media_type = channel.encode_answer(incoming, stored.answered, at=now)
    return Response(content, media_type=media_type)


def _channel(desk: CallbackDesk, request: Request) -> CallbackChannel | None:
    wanted = request.path_params["platform"], request.path_params["account"]
    return desk.directory.current.channels.get(wanted)


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is larger than any push can be."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _unknown_account() -> Response:
    return PlainTextResponse("no such account", status_code=404)


def _refused(request: Request, refusal: CallbackRefused) -> Response:
    log.warning("push refused", path=request.url.path, reason=str(refusal))
    return PlainTextResponse("refused", status_code=refusal.status)
