"""Secrets at rest, and passwords."""

from collections.abc import Mapping
from typing import Protocol


class Vault(Protocol):
    """Seals secrets with the key of this installation."""

    def seal(self, secrets: Mapping[str, str]) -> str:
        """Encrypted, authenticated text."""
        ...

    def open(self, sealed: str) -> dict[str, str]:
        """What `seal` was given.

        Raises:
            SecretUnreadable: sealed under a key this installation does not have.
        """
        ...


class SecretUnreadable(Exception):
    """Sealed under another key; the message says which setting to look at."""


class Passwords(Protocol):
    """Argon2id hashing."""

    def hash(self, password: str) -> str:
        """A salted hash."""
        ...

    def verify(self, stored_hash: str, password: str) -> bool:
        """Whether `password` is the one."""
        ...
