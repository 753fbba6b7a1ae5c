"""Signatures and the encrypted envelope of callbacks, both ways."""

import base64
import binascii
import hashlib
import hmac
import os
from collections import deque
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

KEY_CHARACTERS = 43
_BLOCK = 32
_RANDOM = 16
_STOCK = 256
_LENGTH = 4


def signature_of(*parts: str) -> str:
    """SHA-1 over the parts in plain order of characters, as the platform signs."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, *parts: str) -> bool:
    """Whether `given` is the signature of the parts, compared in constant time."""
    return hmac.compare_digest(signature_of(*parts).encode(), given.encode())


class BadEnvelope(Exception):
    """The ciphertext is not for us: key, padding, length or AppId do not fit."""


class Envelope:
    """AES-256-CBC with the platform's own framing: random, length, message, AppId, padding to 32.

    The first key seals; all of them open, since pushes under the old key still arrive after a
    change.
    """

    def __init__(self, app_id: str, aes_keys: Sequence[str]) -> None:
        """Raises ValueError when a key does not have 43 characters of base64."""
        self._app_id = app_id.encode()
        self._ciphers = [_cipher(key) for key in aes_keys]
        self._stock: deque[bytes] = deque()

    def open(self, sealed: str) -> bytes:
        """The message inside.

        Raises:
            BadEnvelope: no key of ours opens it, or it is for another AppId.
        """
        try:
            ciphertext = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadEnvelope("not base64") from error
        if not ciphertext or len(ciphertext) % 16:
            raise BadEnvelope("not whole blocks")
        for cipher in self._ciphers:
            message = self._opened(cipher, ciphertext)
            if message is not None:
                return message
        raise BadEnvelope("wrong key or AppId")

    def seal(self, message: bytes, *, random: bytes | None = None) -> str:
        """`message` as base64 ciphertext; `random` (16 bytes) is fresh unless given."""
        head = random if random is not None else self.random()
        framed = head + len(message).to_bytes(_LENGTH, "big") + message + self._app_id
        pad = _BLOCK - len(framed) % _BLOCK
        encryptor = self._ciphers[0].encryptor()
        sealed = encryptor.update(framed + bytes([pad]) * pad) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def random(self) -> bytes:
        """16 fresh random bytes. Many are read at once, since each reading lets other threads
        take the interpreter, and a follower waits."""
        while True:
            try:
                return self._stock.pop()
            except IndexError:
                block = os.urandom(_RANDOM * _STOCK)
                self._stock.extend(block[at : at + _RANDOM] for at in range(0, len(block), _RANDOM))

    def _opened(self, cipher: Cipher[CBC], ciphertext: bytes) -> bytes | None:
        decryptor = cipher.decryptor()
        plain = decryptor.update(ciphertext) + decryptor.finalize()
        pad = plain[-1]
        if not 1 <= pad <= _BLOCK or plain[-pad:] != bytes([pad]) * pad:
            return None
        start = _RANDOM + _LENGTH
        end = start + int.from_bytes(plain[_RANDOM:start], "big")
        if end > len(plain) - pad or plain[end:-pad] != self._app_id:
            return None
        return plain[start:end]


def _cipher(aes_key: str) -> Cipher[CBC]:
    """The last character carries fewer bits than it could, so decoding is lenient there."""
    if len(aes_key) != KEY_CHARACTERS:
        raise ValueError("an EncodingAESKey has 43 characters")
    key = base64.b64decode(aes_key + "=")
    return Cipher(AES(key), CBC(key[:16]))
