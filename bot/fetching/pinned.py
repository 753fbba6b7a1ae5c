"""Connections that go to a checked address and end at a deadline, whatever the other side does."""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator

import httpcore
import httpx

from bot.fetching.guard import Guard

Monotonic = Callable[[], float]


class Deadline:
    """A moment on the monotonic clock; `left` is the seconds until it."""

    def __init__(self, seconds: float, clock: Monotonic = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self, timeout: float | None = None) -> float:
        """Seconds left, at most `timeout`.

        Raises:
            httpcore.ReadTimeout: none is left.
        """
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise httpcore.ReadTimeout("deadline passed")
        return seconds if timeout is None else min(seconds, timeout)


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait is bounded by the deadline, so that a drip cannot prolong it."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Resolves once, checks, and connects to that very address: no second look-up to rebind."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard, self._deadline = guard, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._guard.addresses_of(host, port)
        for number, address in enumerate(addresses, start=1):
            left = self._deadline.left(timeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return _Stream(stream, self._deadline)
        raise httpcore.ConnectError("no address")


class PinnedTransport(httpx.BaseTransport):
    """An httpx transport over the guarded backend; no proxy, no environment."""

    def __init__(self, guard: Guard, deadline: Deadline, tls: ssl.SSLContext) -> None:
        backend = _Backend(guard, deadline)
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; raises httpcore's errors and the guard's."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
