"""The one guarded way to fetch something from outside."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Fetched:
    """What came: `not_modified` with empty content when the server says nothing changed."""

    url: str
    content: bytes
    media_type: str
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


class Fetcher(Protocol):
    """Fetches over http(s) within limits of size, time and type; no private addresses unless
    allowed."""

    def fetch(
        self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        """Fetch `url`.

        Raises:
            FetchRefused: the address, size or type is not allowed; the message says which.
            FetchFailed: the server could not be reached or did not answer well in time.
        """
        ...


class FetchError(Exception):
    """Something could not be fetched; `str()` is a Chinese sentence for staff."""


class FetchRefused(FetchError):
    """The guard does not allow it."""


class FetchFailed(FetchError):
    """The other side did not deliver it."""
