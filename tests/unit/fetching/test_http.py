"""The guarded fetch against a server on the loopback, which the guard is told to allow."""

import gzip
import socket
import threading
import time

import pytest

from bot.fetching.guard import Guard
from bot.fetching.http import PICTURE_TYPES, HttpFetcher
from bot.ports.fetching import FetchFailed, FetchRefused
from tests.unit.fetching.loopback import response, serving

ALLOWED = Guard(("127.0.0.0/8",))


def _fetcher(seconds: float = 5.0) -> HttpFetcher:
    return HttpFetcher(ALLOWED, seconds=seconds)


def test_brings_content_type_and_validators() -> None:
    """What the server said is what the caller gets."""
    answer = response(b"<rss/>", "Content-Type: text/xml; charset=utf-8", 'ETag: "7"')
    with serving(answer) as (url, _):
        fetched = _fetcher().fetch(f"{url}/feed", max_bytes=100)

    assert (fetched.content, fetched.media_type, fetched.etag) == (b"<rss/>", "text/xml", '"7"')
    assert fetched.url == f"{url}/feed"


def test_sends_validators_and_understands_not_modified() -> None:
    """An unchanged feed costs no body."""
    answer = response(b"", 'ETag: "7"', status="304 Not Modified")
    with serving(answer) as (url, requests):
        fetched = _fetcher().fetch(
            url, max_bytes=100, etag='"7"', last_modified="Mon, 01 Mar 2027 00:00:00 GMT"
        )

    assert fetched.not_modified
    assert b'If-None-Match: "7"' in requests[0]
    assert b"If-Modified-Since: Mon, 01 Mar 2027 00:00:00 GMT" in requests[0]


def test_without_allowance_the_loopback_is_refused_before_connecting() -> None:
    """The guard stands before the connection."""
    with (
        serving(response(b"secret")) as (url, requests),
        pytest.raises(FetchRefused, match="内部网络"),
    ):
        HttpFetcher(Guard()).fetch(url, max_bytes=100)

    assert requests == []


def test_connects_to_the_address_that_was_checked() -> None:
    """The name is resolved once; a second, different answer of the resolver is never used."""
    answers = iter([("127.0.0.1",)])
    guard = Guard(("127.0.0.0/8",), resolve=lambda host, port: next(answers))
    with serving(response(b"ok")) as (url, requests):
        port = url.rpartition(":")[2]
        fetched = HttpFetcher(guard).fetch(f"http://policy.example:{port}/", max_bytes=10)

    assert fetched.content == b"ok"
    assert f"Host: policy.example:{port}".encode() in requests[0]


def test_each_redirect_is_checked_like_the_first_address() -> None:
    """A public page cannot send the fetch into the internal network."""
    with (
        serving(response(b"", "Location: http://10.9.9.9/x", status="302 Found")) as (url, _),
        pytest.raises(FetchRefused, match=r"10\.9\.9\.9"),
    ):
        _fetcher().fetch(url, max_bytes=100)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://a.example/"])
def test_a_redirect_to_another_scheme_is_refused(location: str) -> None:
    """Only http and https are followed."""
    with (
        serving(response(b"", f"Location: {location}", status="302 Found")) as (url, _),
        pytest.raises(FetchRefused, match="http"),
    ):
        _fetcher().fetch(url, max_bytes=100)


def test_follows_five_redirects_and_no_sixth() -> None:
    """A circle ends with a sentence, not with the deadline."""
    with (
        serving(response(b"", "Location: /again", status="302 Found")) as (url, requests),
        pytest.raises(FetchFailed, match="跳转超过 5 次"),
    ):
        _fetcher().fetch(url, max_bytes=100)

    assert len(requests) == 6


def test_a_declared_length_over_the_limit_is_refused() -> None:
    """Nothing is read of a body that announces itself too large."""
    with serving(response(b"x" * 200)) as (url, _), pytest.raises(FetchRefused, match="100 字节"):
        _fetcher().fetch(url, max_bytes=100)


def test_an_undeclared_length_over_the_limit_is_refused_while_reading() -> None:
    """A body without a length is counted as it comes."""

    def answer(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 5000)

    with serving(answer) as (url, _), pytest.raises(FetchRefused, match="100 字节"):
        _fetcher().fetch(url, max_bytes=100)


def test_a_small_bomb_does_not_unpack() -> None:
    """The limit holds for the unpacked size."""
    bomb = gzip.compress(b"\0" * 5_000_000)
    with (
        serving(response(bomb, "Content-Encoding: gzip")) as (url, _),
        pytest.raises(FetchRefused, match="超过"),
    ):
        _fetcher().fetch(url, max_bytes=100_000)


def test_unpacks_gzip() -> None:
    """Compressed answers are read."""
    with serving(response(gzip.compress(b"policy"), "Content-Encoding: gzip")) as (url, _):
        assert _fetcher().fetch(url, max_bytes=100).content == b"policy"


def test_a_body_cut_short_failed() -> None:
    """Half a picture is no picture."""

    def answer(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")

    with serving(answer) as (url, _), pytest.raises(FetchFailed):
        _fetcher().fetch(url, max_bytes=100)


def test_a_drip_of_header_bytes_ends_at_the_deadline() -> None:
    """Every wait is bounded by the one deadline, not only each single read."""
    over = threading.Event()

    def answer(connection: socket.socket, request: bytes) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Drip: " + b"z" * 200:
            connection.sendall(bytes([byte]))
            if over.wait(0.02):
                return

    started = time.monotonic()
    with serving(answer) as (url, _), pytest.raises(FetchFailed, match="没有取完"):
        _fetcher(seconds=0.3).fetch(url, max_bytes=100)
    over.set()

    assert time.monotonic() - started < 2


def test_a_picture_of_another_type_is_refused() -> None:
    """An error page is not taken for a picture."""
    with (
        serving(response(b"<html>", "Content-Type: text/html")) as (url, _),
        pytest.raises(FetchRefused, match="text/html"),
    ):
        _fetcher().fetch(url, max_bytes=100, media_types=PICTURE_TYPES)


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "206 Partial", "304 Unasked"])
def test_any_status_but_200_failed_with_its_number(status: str) -> None:
    """The sentence for staff names the status."""
    with (
        serving(response(b"", status=status)) as (url, _),
        pytest.raises(FetchFailed, match=status[:3]),
    ):
        _fetcher().fetch(url, max_bytes=100)


def test_nobody_listening_failed() -> None:
    """A refused connection is a failure, not a crash."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(FetchFailed, match="无法连接"):
        _fetcher().fetch(f"http://127.0.0.1:{port}/", max_bytes=10)


def test_nonsense_instead_of_http_failed() -> None:
    """A server that does not speak HTTP is reported."""
    with (
        serving(lambda c, r: c.sendall(b"SSH-2.0-hello\r\n\r\n")) as (url, _),
        pytest.raises(FetchFailed),
    ):
        _fetcher().fetch(url, max_bytes=10)
