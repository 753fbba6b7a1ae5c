"""Whether a process answers at its ready address: a web page, or a Valkey server's PING."""

import http.client
import socket
import time
from urllib.parse import urlsplit

VALKEY_SCHEME = "valkey+unix"
_ANSWER_SECONDS = 1.0


def is_ready(address: str) -> bool:
    """Ask `address` once, for at most a second.

    Args:
        address: `http://127.0.0.1:8321/path` (ready when the status is below 500) or
            `valkey+unix:///path/to/socket` (ready when PING is answered by PONG).

    Raises:
        ValueError: the address has another scheme.
    """
    parts = urlsplit(address)
    try:
        if parts.scheme == VALKEY_SCHEME:
            return _answers_ping(parts.path)
        if parts.scheme == "http":
            return _answers_page(parts.hostname or "", parts.port or 80, parts.path or "/")
    except (OSError, http.client.HTTPException):
        return False
    raise ValueError(f"not a ready address: {address!r}")


def wait_until_ready(address: str, *, seconds: float, pause_seconds: float = 0.05) -> bool:
    """Ask again and again until it answers (True) or `seconds` have passed (False)."""
    end = time.monotonic() + seconds
    while not is_ready(address):
        if time.monotonic() >= end:
            return False
        time.sleep(pause_seconds)
    return True


def _answers_ping(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_ANSWER_SECONDS)
        connection.connect(path)
        connection.sendall(b"PING\r\n")
        # While it still reads its log, the server says -LOADING: not ready yet.
        return connection.recv(64).startswith(b"+PONG")


def _answers_page(host: str, port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    finally:
        connection.close()
