"""Tokens that only we can have made: for forms, and for links that one person is given."""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256

_MARK_BYTES = 16
_LONGEST = 400


class SealedFor(StrEnum):
    """What a token is for; one of another kind opens nothing."""

    FORM = "form"
    RATING = "rating"
    VISITOR = "visitor"


class Seals:
    """Seals under the first key, opens under every one."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = keys

    def seal(self, purpose: SealedFor, *parts: str) -> str:
        """A token that fits into an address. The parts can be read in it, and hold no "|"."""
        body = "|".join(parts).encode()
        return urlsafe_b64encode(_mark(self._keys[0], purpose, body) + body).decode().rstrip("=")

    def opened(self, purpose: SealedFor, token: str) -> tuple[str, ...] | None:
        """The parts; None if it is not ours, or was made for something else."""
        whole = _bytes(token)
        mark, body = whole[:_MARK_BYTES], whole[_MARK_BYTES:]
        known = [hmac.compare_digest(mark, _mark(key, purpose, body)) for key in self._keys]
        return tuple(body.decode().split("|")) if any(known) else None


def _mark(key: bytes, purpose: SealedFor, body: bytes) -> bytes:
    return hmac.new(key, purpose.encode() + b"|" + body, sha256).digest()[:_MARK_BYTES]


def _bytes(token: str) -> bytes:
    if len(token) > _LONGEST:
        return b""
    try:
        return urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, UnicodeEncodeError):
        return b""
