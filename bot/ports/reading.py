"""Readers: from a file, a request body or a feed to releases."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.domain.releases.release import ReleaseReading
from bot.domain.releases.source import Source


@dataclass(frozen=True)
class FeedReading:
    """What a feed held, with the validators to send next time."""

    readings: tuple[ReleaseReading, ...]
    refusals: tuple[str, ...]
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


class ReleaseReader(Protocol):
    """Turns what offices hand in into releases. Never drops text silently."""

    def read_json(self, payload: object, *, default_key: str = "") -> ReleaseReading:
        """A release from decoded JSON.

        Raises:
            InvalidInput: with every problem found.
        """
        ...

    def read_file(self, path: Path) -> ReleaseReading:
        """A release from a .json, .md, .html, .txt or .docx file; pictures inside it are kept.

        Raises:
            InvalidInput: with every problem found.
        """
        ...

    def read_feed(self, source: Source) -> FeedReading:
        """The releases a feed lists now, with a conditional request.

        Raises:
            FetchError: the feed could not be fetched.
            InvalidInput: it is not a feed.
        """
        ...

    def read_folder(self, source: Source) -> FeedReading:
        """The releases in a watched folder; files still being written are left for next time.

        `etag` is a digest of the listing: the same listing again is `not_modified`.

        Raises:
            InvalidInput: the folder is not there.
        """
        ...
