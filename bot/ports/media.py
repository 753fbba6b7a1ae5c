"""Where picture and attachment bytes are kept, by content."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol


class MediaStore(Protocol):
    """Bytes by their SHA-256."""

    def put(self, content: bytes) -> str:
        """Keep `content` durably and return its SHA-256 (hex). Twice the same is one."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes.

        Raises:
            NotFound: nothing is kept under this hash.
        """
        ...


class MediaShelf(Protocol):
    """The files as somebody sees them who tidies up. To put a file again touches it."""

    def untouched_since(self, moment: datetime) -> Iterator[str]:
        """Hashes of the files that were last touched before then."""
        ...

    def touch(self, sha256: str) -> None:
        """Let the file count as new; one that is gone is left alone."""
        ...

    def discard(self, sha256: str, *, untouched_since: datetime) -> bool:
        """Delete the file, unless somebody has touched it since; says whether it is gone."""
        ...


class MediaReferences(Protocol):
    """Who refers to which file."""

    def unnamed(self, files: Iterable[str]) -> frozenset[str]:
        """Those of `files` that no release, post or former draft names."""
        ...
