"""The one way out to a platform: a total deadline, and three kinds of failure told apart."""

import logging
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import httpx

from bot.domain.errors import (
    Explanation,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    PlatformUnavailable,
)
from bot.ports.storage import StorageUnavailable

MAX_ANSWER_BYTES = 16 * 1024 * 1024
KEEP_IDLE_SECONDS = 4.0
"""Shorter than servers keep theirs: a hang-up just as we write leaves an unknown outcome."""

NOT_REACHED = Explanation(
    cause="连接不上平台，请求没有发出",
    next_step="系统会自动重试；若持续出现，请检查服务器的网络、DNS 和证书",
    who="系统管理员",
)
NO_ANSWER = Explanation(
    cause="请求已经发出，但没有收到平台的明确答复",
    next_step="系统会先查找结果，不会直接重发；请不要在平台后台重复操作",
    who="无需操作，系统自动核对",
)
DATABASE_AWAY = Explanation(
    cause="数据库暂时不可用，请求没有发出",
    next_step="系统会自动重试；若持续出现，请检查数据库和磁盘",
    who="系统管理员",
)
NOT_SERVING = Explanation(
    cause="平台暂时没有正常答复",
    next_step="系统会自动重试；若持续出现，请查看平台公告",
    who="系统自动重试",
)


class TooLateToSend(httpx.WriteTimeout):
    """The deadline had passed before the request began to leave: the process slept."""


_NOTHING_LEFT = (
    TooLateToSend,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""No connection was made (name, route, TLS, pool) or nothing was written to it, so nothing of the
request can have left."""


@contextmanager
def before_sending(what: str) -> Iterator[None]:
    """Around what a call needs of the database before it is made: its token, its budget.

    Raises:
        NotSent: the database is away, so the call was not made.
    """
    try:
        yield
    except StorageUnavailable as error:
        raise NotSent(f"{what}: {error}", explanation=DATABASE_AWAY) from error


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: bytes
    media_type: str


class Deadline:
    """A point in time by which one step must be over; shared by every call of the step."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Seconds left; zero or less when it is over."""
        return self._ends - time.monotonic()


def open_client(*, connections: int = 64) -> httpx.Client:
    """A client for platform calls: no redirects, no proxies from the environment.

    httpx logs whole URLs, and WeChat wants its token in the URL; its loggers are kept quiet.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    limits = httpx.Limits(
        max_connections=connections,
        max_keepalive_connections=connections,
        keepalive_expiry=KEEP_IDLE_SECONDS,
    )
    named = {"User-Agent": "Tongbu/0.1"}
    return httpx.Client(verify=trusted(), limits=limits, trust_env=False, headers=named)


@cache
def trusted() -> ssl.SSLContext:
    """Whom we believe, read once a process: the certificates take longer than all else of a
    client."""
    return httpx.create_ssl_context(trust_env=False)


def send(
    client: httpx.Client, request: httpx.Request, *, deadline_seconds: float, writes: bool
) -> Answer:
    """Send `request` and read the whole answer within `deadline_seconds`.

    The deadline spans waiting for a connection, connecting, writing and reading: each phase gets
    what is left of it, and a request does not begin to leave after it. `writes` says that the
    request may change something on the platform.

    Raises:
        NotSent: no connection was made, or the deadline passed before anything was written.
        OutcomeUnknown: the request may have arrived, and `writes` is true.
        PlatformUnavailable: the same for a request that only reads.
    """
    deadline = Deadline(deadline_seconds)
    what = f"{request.method} {request.url.path}"
    if deadline_seconds <= 0:
        raise NotSent(f"{what}: no time left", explanation=NOT_REACHED)
    request.extensions = {**request.extensions, "timeout": _Remaining(deadline)}
    try:
        response = client.send(request, stream=True)
        try:
            body = b"".join(_within(response, deadline))
        finally:
            response.close()
    except _NOTHING_LEFT as error:
        reason = f"{what}: no connection ({type(error).__name__})"
        raise NotSent(reason, explanation=NOT_REACHED) from error
    except (httpx.RequestError, httpx.StreamError, _AnswerCut) as error:
        raise no_clear_answer(f"{what}: {type(error).__name__}", writes=writes) from error
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(response.status_code, body, media_type)


def no_clear_answer(message: str, *, writes: bool, detail: str = "") -> PlatformError:
    """The error for an answer that is missing or cannot be understood (HTML, 5xx, cut off)."""
    if writes:
        return OutcomeUnknown(message, detail=detail, explanation=NO_ANSWER)
    return PlatformUnavailable(message, detail=detail, explanation=NOT_SERVING)


class _AnswerCut(Exception):
    """The answer was still coming when the deadline passed, or was absurdly long."""


def _within(response: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
    received = 0
    for chunk in response.iter_bytes():
        received += len(chunk)
        if deadline.remaining <= 0 or received > MAX_ANSWER_BYTES:
            raise _AnswerCut
        yield chunk


class _Remaining(dict[str, float]):
    """httpcore asks for a phase's timeout when the phase begins; the answer is what is left.

    Raises:
        TooLateToSend: nothing is left when the first byte would be written.
    """

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(dict.fromkeys(("connect", "read", "write", "pool"), 0.0))
        self._deadline = deadline
        self._has_begun = False

    def get(self, key: str, default: object = None) -> float:  # noqa: ARG002
        remaining = self._deadline.remaining
        if key == "write" and not self._has_begun:
            if remaining <= 0:
                raise TooLateToSend("the deadline passed before the request left")
            self._has_begun = True
        return max(remaining, 0.001)
