"""Signatures and the encrypted envelope of callbacks, after the platform's own description."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import string
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
RANDOM_BYTES = 16


class BadEnvelope(ValueError):
    """An encrypted text that is not for this account or not made as described."""


def signature(*parts: str) -> str:
    """Return the hex SHA-1 of the parts, sorted by byte order and joined."""
    joined = "".join(sorted(parts, key=str.encode))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, *parts: str) -> bool:
    """Compare a signature in constant time."""
    return hmac.compare_digest(given.encode(), signature(*parts).encode())


def encrypt(text: str, *, aes_key: str, app_id: str, random: bytes | None = None) -> str:
    """Return the base64 envelope of `text`; `random` fixes the first 16 bytes for test vectors."""
    head = random if random is not None else _random_letters()
    body = text.encode()
    plain = head + struct.pack(">I", len(body)) + body + app_id.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    sealed = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(envelope: str, *, aes_key: str, app_id: str) -> str:
    """Return the text of an envelope.

    Raises:
        BadEnvelope: not base64 or whole blocks, padding not 1–32 equal bytes, length out of bounds,
            another account's appid, or no UTF-8.
    """
    plain = _open(envelope, aes_key)
    pad = plain[-1]
    if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
        raise BadEnvelope("padding")
    plain = plain[:-pad]
    head = RANDOM_BYTES + 4
    if len(plain) < head:
        raise BadEnvelope("length")
    (length,) = struct.unpack(">I", plain[RANDOM_BYTES:head])
    if head + length > len(plain):
        raise BadEnvelope("length")
    if plain[head + length :] != app_id.encode():
        raise BadEnvelope("appid")
    try:
        return plain[head : head + length].decode()
    except UnicodeDecodeError as error:
        raise BadEnvelope("not UTF-8") from error


def _open(envelope: str, aes_key: str) -> bytes:
    try:
        sealed = base64.b64decode(envelope, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadEnvelope("not base64") from error
    if not sealed or len(sealed) % 16:
        raise BadEnvelope("not whole blocks")
    decryptor = _cipher(aes_key).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    # The key's last character carries four useful bits only; this decoder drops the rest.
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _random_letters() -> bytes:
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(RANDOM_BYTES)).encode()
