"""The way out to a platform."""

import socket
import threading
import time
from collections.abc import Callable

import httpx
import pytest

from bot.domain.errors import NotSent, OutcomeUnknown, PlatformError, PlatformUnavailable
from bot.platforms.transport import Answer, open_client, send

URL = "https://api.test/cgi-bin/draft/add?access_token=very-secret"


def sending(handler: Callable[[httpx.Request], httpx.Response], *, writes: bool = True) -> Answer:
    client = httpx.Client(transport=httpx.MockTransport(handler))
    return send(client, client.build_request("POST", URL), deadline_seconds=5, writes=writes)


def failing(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def handler(_: httpx.Request) -> httpx.Response:
        raise error

    return handler


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        httpx.UnsupportedProtocol("ftp"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_without_a_connection_nothing_was_sent(error: Exception) -> None:
    """Such a failure may always be tried again."""
    with pytest.raises(NotSent):
        sending(failing(error))


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("silence"),
        httpx.ReadError("reset"),
        httpx.WriteError("broken pipe"),
        httpx.WriteTimeout("stuck"),
        httpx.RemoteProtocolError("hung up"),
        httpx.DecodingError("bad gzip"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize(
    ("writes", "expected"), [(True, OutcomeUnknown), (False, PlatformUnavailable)]
)
def test_after_a_connection_only_reads_may_be_repeated(
    error: Exception, writes: bool, expected: type[PlatformError]
) -> None:
    """Part of the request may have left, so a write's outcome is unknown."""
    with pytest.raises(expected):
        sending(failing(error), writes=writes)


def test_no_failure_shows_the_query() -> None:
    """WeChat's token stands in the query, and errors are stored and shown."""
    with pytest.raises(OutcomeUnknown) as failed:
        sending(failing(httpx.ReadTimeout("silence")))

    assert "very-secret" not in repr(failed.value) + str(failed.value)


def test_no_time_left_means_not_sent() -> None:
    """A deadline that has passed already does not touch the network."""
    client = httpx.Client(transport=httpx.MockTransport(failing(AssertionError("called"))))

    with pytest.raises(NotSent):
        send(client, client.build_request("GET", URL), deadline_seconds=0, writes=False)


def test_an_answer_keeps_its_status_and_bare_media_type() -> None:
    """Judging both is the caller's part."""
    shown = {"content-type": "Text/HTML; charset=utf-8"}

    answer = sending(lambda _: httpx.Response(502, headers=shown, content=b"<html>"))

    assert answer == Answer(502, b"<html>", "text/html")


def test_a_dripping_answer_ends_at_the_deadline() -> None:
    """The deadline is total: bytes that keep coming do not prolong it."""
    with _Dripping() as url, open_client() as client:
        began = time.monotonic()

        with pytest.raises(OutcomeUnknown):
            send(client, client.build_request("POST", url), deadline_seconds=0.3, writes=True)

        assert time.monotonic() - began < 2


def test_nothing_leaves_after_the_deadline() -> None:
    """A process that slept until then must not wake up and send: others have looked by now."""
    with socket.create_server(("127.0.0.1", 0)) as server, open_client() as client:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"

        with pytest.raises(NotSent):
            send(client, client.build_request("POST", url), deadline_seconds=1e-9, writes=True)

        server.settimeout(0.2)
        assert received(server) == b""


def received(server: socket.socket) -> bytes:
    """What a caller wrote, nothing when none came."""
    try:
        connection, _ = server.accept()
    except TimeoutError:
        return b""
    with connection:
        return connection.recv(65536)


class _Dripping:
    """A server on loopback that answers one byte at a time for ever."""

    def __enter__(self) -> str:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._drip, daemon=True)
        self._thread.start()
        return f"http://127.0.0.1:{self._server.getsockname()[1]}/"

    def _drip(self) -> None:
        connection, _ = self._server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not self._stopped.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join(2)
        self._server.close()
