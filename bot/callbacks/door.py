"""The callback endpoints: verify, decode, decide, store, answer.

Bare ASGI before the router, because routing and request objects would cost a push more than its
decryption does.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.callbacks.answering import Answering
from bot.callbacks.directory import Directory
from bot.callbacks.grouping import GroupWriter, NotStored
from bot.ports.clock import Clock, Ids
from bot.ports.platform import CallbackChannel, CallbackRefused
from bot.ports.storage import StorageUnavailable
from bot.usecases.accounts.hear_of_revocation import hear_of_revocation
from bot.usecases.replies.receive_push import reply_to_push

log = structlog.get_logger()

LARGEST_BODY = 1_000_000
_PREFIX = "/callbacks/"
REVOKED = "/revoked"
"""What follows an account's address where a platform tells us that its authorisation ended."""
_TEXT = "text/plain; charset=utf-8"
_OUTCOMES = {200: "answered", 503: "not_stored"}
_REFUSED = "refused"


def _no_outcomes() -> Counter[str]:
    return Counter(dict.fromkeys((*_OUTCOMES.values(), _REFUSED), 0))


@dataclass(frozen=True)
class CallbackDesk:
    """What the endpoints work with; `outcomes` counts what became of the pushes since the start
    of the process: answered, refused, not_stored (the platform pushes again)."""

    directory: Directory
    answering: Answering
    writer: GroupWriter
    clock: Clock
    ids: Ids
    outcomes: Counter[str] = field(default_factory=_no_outcomes)


@dataclass(frozen=True)
class _Said:
    """An HTTP response."""

    status: int
    body: bytes
    media_type: str = _TEXT


class _HungUp(Exception):
    """The platform went away before its whole push was here."""


class CallbackDoor:
    """ASGI middleware that answers /callbacks/{platform}/{account} and hands on all else."""

    def __init__(self, app: ASGIApp, desk: CallbackDesk) -> None:
        self._others, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request, or whatever else the server has to say."""
        if scope["type"] != "http" or not scope["path"].startswith(_PREFIX):
            await self._others(scope, receive, send)
            return
        try:
            said = await _visit(self._desk, scope, receive)
        except _HungUp:
            return
        await _say(said, send)


async def _visit(desk: CallbackDesk, scope: Scope, receive: Receive) -> _Said:
    platform, _, account = scope["path"].removeprefix(_PREFIX).partition("/")
    if account.endswith(REVOKED) and scope["method"] == "GET":
        return await _revoked(desk, platform, scope)
    channel = desk.directory.current.channels.get((platform, account))
    match scope["method"]:
        case "POST":
            said = await _receive(desk, channel, scope, receive)
            desk.outcomes[_OUTCOMES.get(said.status, _REFUSED)] += 1
            return said
        case "GET" | "HEAD":
            return _verify(channel, scope)
        case _:
            return _Said(405, b"method not allowed")


def _verify(channel: CallbackChannel | None, scope: Scope) -> _Said:
    if channel is None:
        return _unknown_account()
    try:
        return _Said(200, channel.verify_url(_query(scope)).encode())
    except CallbackRefused as refusal:
        return _refused(scope, refusal)


async def _revoked(desk: CallbackDesk, platform: str, scope: Scope) -> _Said:
    """Which of an app's accounts it is about only the query says."""
    channels, query = desk.directory.current.channels, _query(scope)
    said = {one.revoked_account(query) for (where, _), one in channels.items() if where == platform}
    accounts = sorted(account for account in said if account is not None)
    try:
        for account in accounts:
            await asyncio.to_thread(hear_of_revocation, account, storage=desk.directory.storage)
    except StorageUnavailable:
        return _Said(503, b"not stored, tell again")
    return _Said(200, b"") if accounts else _unknown_account()


async def _receive(
    desk: CallbackDesk, channel: CallbackChannel | None, scope: Scope, receive: Receive
) -> _Said:
    if channel is None:
        return _unknown_account()
    body = await _body(receive)
    if body is None:
        return _Said(413, b"body too large")
    try:
        incoming = channel.decode(_query(scope), body)
    except CallbackRefused as refusal:
        return _refused(scope, refusal)
    now = desk.clock.now()
    answered = await desk.answering.answer(incoming, desk.directory.current.rules)
    reply = reply_to_push(incoming, answered, ids=desk.ids, now=now)
    try:
        stored = await desk.writer.store(reply)
    except NotStored:
        return _Said(503, b"not stored, push again")
    return _Said(200, *channel.encode_answer(incoming, stored.answered, at=now))


def _query(scope: Scope) -> Mapping[str, str]:
    """The query's fields; the last of a repeated one counts."""
    text = scope["query_string"].decode("latin-1")
    if "%" in text or "+" in text:
        return dict(parse_qsl(text, keep_blank_values=True))
    pairs = (pair.partition("=") for pair in text.split("&"))
    return {name: value for name, _, value in pairs}


async def _body(receive: Receive) -> bytes | None:
    """The body, or None when it is larger than any push can be.

    Raises:
        _HungUp: the rest of it will not come.
    """
    chunks, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _HungUp
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > LARGEST_BODY:
            return None
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


async def _say(said: _Said, send: Send) -> None:
    headers = [
        (b"content-type", said.media_type.encode("latin-1")),
        (b"content-length", str(len(said.body)).encode()),
    ]
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})


def _unknown_account() -> _Said:
    return _Said(404, b"no such account")


def _refused(scope: Scope, refusal: CallbackRefused) -> _Said:
    log.warning("push refused", path=scope["path"], reason=str(refusal))
    return _Said(refusal.status, b"refused")
