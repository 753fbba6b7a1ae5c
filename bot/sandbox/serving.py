"""Uvicorn, taught to hang up without an answer and to share a loop with another server."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Generator
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HANG_UP_KEY = "sandbox.hang_up"
# With this option a closed socket answers with RST instead of FIN.
LINGER_NOT = struct.pack("ii", 1, 0)


class ConnectionDropped(ConnectionError):
    """Raised towards an in-process client, which has no socket that could be closed."""


class DroppingProtocol(HttpToolsProtocol):
    """Uvicorn's HTTP protocol that lets an application close the connection without an answer."""

    def __init__(self, config: Any, server_state: Any, app_state: Any, _loop: Any = None) -> None:
        """Offer the connection's own way to hang up in the request's state."""
        super().__init__(config, server_state, {**app_state, HANG_UP_KEY: self._drop}, _loop)

    def _drop(self, reset: bool) -> None:
        raw = self.transport.get_extra_info("socket")
        if reset and raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        self.transport.abort()


async def hang_up(scope: Scope, *, reset: bool) -> None:
    """Close the caller's connection without an answer, with a TCP reset when `reset`.

    Raises:
        ConnectionDropped: when the request came through no socket of ours.
    """
    drop: Callable[[bool], None] | None = scope.get("state", {}).get(HANG_UP_KEY)
    if drop is None:
        raise ConnectionDropped("the sandbox dropped this connection on purpose")
    drop(reset)
    # Uvicorn learns of the closed connection in the loop's next turns; returning sooner would
    # make it complain that no response was started.
    for _ in range(3):
        await asyncio.sleep(0)


class QuietServer(uvicorn.Server):
    """A uvicorn server that leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture nothing."""
        yield


def make_server(app: ASGIApp) -> QuietServer:
    """Return a server for `app`; pass it a bound socket when serving."""
    return QuietServer(
        uvicorn.Config(
            app,
            http=DroppingProtocol,
            ws="none",
            lifespan="on",
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
    )


def bind(host: str, port: int) -> socket.socket:
    """Bind a listening socket; port 0 takes a free one."""
    # asyncio sets TCP_NODELAY only on sockets that name their protocol; without it every answer on
    # a kept connection waits 40 ms for a delayed ACK.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def address_of(bound: socket.socket) -> str:
    """Return ``http://host:port`` of a bound socket."""
    host, port = bound.getsockname()[:2]
    return f"http://{host}:{port}"
