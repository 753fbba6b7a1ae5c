"""Where picture and attachment bytes are kept, by content."""

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
