"""What was uploaded to a platform before, so that the same bytes are not uploaded twice."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.ids import AccountId


class UploadCache(Protocol):
    """Platform ids of uploaded bytes, by account, purpose and SHA-256.

    Losing an entry costs one upload; a wrong entry is replaced by `put`.
    """

    def get(self, account: AccountId, purpose: str, sha256: str) -> Mapping[str, str] | None:
        """What the platform answered when these bytes were uploaded, or None."""
        ...

    def put(self, account: AccountId, purpose: str, sha256: str, answer: Mapping[str, str]) -> None:
        """Remember `answer`; a later one replaces it."""
        ...
