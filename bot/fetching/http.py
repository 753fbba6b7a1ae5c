"""The guarded fetcher: http(s) only, checked addresses, bounded in time, size, type and hops."""

import ssl
from collections.abc import Collection
from functools import cache
from typing import NoReturn

import httpcore
import httpx

from bot.fetching.guard import Guard
from bot.fetching.inflate import collect, too_large
from bot.fetching.pinned import Deadline, PinnedTransport
from bot.ports.fetching import Fetched, FetchFailed, FetchRefused

PICTURE_TYPES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/x-ms-bmp"}
)
MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REASONS = {
    401: "需要登录",
    403: "拒绝访问",
    404: "页面不存在",
    410: "页面已删除",
    429: "访问过于频繁",
}
USER_AGENT = "Mozilla/5.0 (compatible; Tongbu/0.1)"
"""Several government sites refuse agents that do not look like a browser."""


class HttpFetcher:
    """Implements `bot.ports.fetching.Fetcher`. `seconds` bounds one fetch with its redirects."""

    def __init__(
        self,
        guard: Guard,
        *,
        seconds: float = 20.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._guard, self._seconds = guard, seconds
        self._tls = tls or _trusted()

    def fetch(
        self,
        url: str,
        *,
        max_bytes: int,
        etag: str = "",
        last_modified: str = "",
        media_types: Collection[str] = (),
    ) -> Fetched:
        """Fetch `url`, of one of `media_types` when any are given.

        Raises:
            FetchRefused: the address, size or type is not allowed; the message says which.
            FetchFailed: the server could not be reached or did not answer well in time.
        """
        self._guard.check_url(url)
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        transport = PinnedTransport(self._guard, Deadline(self._seconds), self._tls)
        try:
            return self._walk(transport, url, headers, max_bytes, media_types)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise FetchFailed(f"{self._seconds:.0f} 秒内没有取完内容，请稍后重试") from error
        except (httpcore.ConnectError, httpcore.NetworkError) as error:
            raise FetchFailed("无法连接对方网站，请稍后重试或核对网址") from error
        except (httpcore.ProtocolError, httpx.InvalidURL, httpx.DecodingError) as error:
            raise FetchFailed("对方网站的响应不合规范，无法读取") from error
        finally:
            transport.close()

    def _walk(
        self,
        transport: PinnedTransport,
        url: str,
        headers: dict[str, str],
        max_bytes: int,
        media_types: Collection[str],
    ) -> Fetched:
        """Follow redirects by hand: each address is checked like the first."""
        place = httpx.URL(url)
        for _ in range(MOST_REDIRECTS + 1):
            self._guard.check_url(str(place))
            response = transport.handle_request(httpx.Request("GET", place, headers=headers))
            try:
                if response.status_code not in _REDIRECTS:
                    return _fetched(response, str(place), max_bytes, media_types, headers)
                place = place.join(_location(response))
            finally:
                response.close()
        raise FetchFailed(f"跳转超过 {MOST_REDIRECTS} 次，请直接填写最终网址")


def _location(response: httpx.Response) -> str:
    location = response.headers.get("location", "")
    if not location:
        raise FetchFailed("对方网站要求跳转，却没有给出地址")
    return str(location)


def _fetched(
    response: httpx.Response,
    url: str,
    max_bytes: int,
    media_types: Collection[str],
    sent: dict[str, str],
) -> Fetched:
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    etag = response.headers.get("etag", "")
    last_modified = response.headers.get("last-modified", "")
    conditional = "If-None-Match" in sent or "If-Modified-Since" in sent
    if response.status_code == 304 and conditional:
        return Fetched(url, b"", media_type, etag, last_modified, not_modified=True)
    if response.status_code != 200:
        _refuse_status(response.status_code)
    if media_types and media_type not in media_types:
        raise FetchRefused(
            f"内容类型是 {media_type[:60] or '（未注明）'}，不在允许的范围内，请换一个文件"
        )
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise too_large(max_bytes)
    encoding = response.headers.get("content-encoding", "")
    content = collect(response.iter_raw(), encoding=encoding, max_bytes=max_bytes)
    return Fetched(url, content, media_type, etag, last_modified)


def _refuse_status(status: int) -> NoReturn:
    reason = _REASONS.get(status) or ("对方网站出错" if status >= 500 else "对方没有给出内容")
    raise FetchFailed(f"对方网站返回 {status}（{reason}），请核对网址或稍后重试")


@cache
def _trusted() -> ssl.SSLContext:
    """Whom the system believes, read once a process."""
    return ssl.create_default_context()
