"""Ready means answered, not merely listening."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.supervision.readiness import is_ready, wait_until_ready


@contextmanager
def _page(status: int) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/healthz"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _socket_saying(path: Path, words: bytes) -> Iterator[str]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(64)
                connection.sendall(words)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"valkey+unix://{path}"
        thread.join()


@pytest.mark.parametrize(("status", "ready"), [(200, True), (303, True), (404, True), (503, False)])
def test_a_page_is_ready_unless_the_server_says_it_is_not(status: int, ready: bool) -> None:
    """5xx is the server's own word that it cannot serve yet; anything else is service."""
    with _page(status) as address:
        assert is_ready(address) is ready


@pytest.mark.parametrize(
    ("words", "ready"),
    [(b"+PONG\r\n", True), (b"-LOADING reading the log\r\n", False), (b"", False)],
    ids=["pong", "loading", "hang-up"],
)
def test_valkey_is_ready_only_when_it_answers_pong(
    tmp_path: Path, words: bytes, ready: bool
) -> None:
    """A server that still loads its log refuses work, so it is not ready."""
    with _socket_saying(tmp_path / "v.sock", words) as address:
        assert is_ready(address) is ready


def test_nobody_listening_is_not_ready(tmp_path: Path) -> None:
    """A missing socket is an answer, not an error."""
    assert not is_ready(f"valkey+unix://{tmp_path}/none.sock")
    assert not wait_until_ready(f"valkey+unix://{tmp_path}/none.sock", seconds=0)


def test_an_unknown_kind_of_address_is_an_error() -> None:
    """A typing error must not look like a process that never gets ready."""
    with pytest.raises(ValueError, match="ftp"):
        is_ready("ftp://127.0.0.1/")
