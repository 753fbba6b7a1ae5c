"""Keys for each purpose, derived from the one secret key of an installation."""

from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class Purpose(StrEnum):
    """What a derived key is for; a key that leaks from one place opens no other."""

    SECRETS = "secrets"
    SESSIONS = "sessions"
    LINKS = "links"
    AUDIT = "audit"


def derive(secret_key: str, purpose: Purpose) -> bytes:
    """The 32-byte key of `purpose`, out of `TONGBU_SECRET_KEY` (comma-separated while rotating).

    The first key counts, except for the audit chain: its records must verify under one key for
    ever, so it keeps the last (oldest) one that is listed.
    """
    keys = derive_all(secret_key, purpose)
    return keys[-1] if purpose is Purpose.AUDIT else keys[0]


def derive_all(secret_key: str, purpose: Purpose) -> tuple[bytes, ...]:
    """The keys of `purpose` under every listed secret key, newest first.

    Raises:
        ValueError: no secret key is given.
    """
    parts = [part.strip() for part in secret_key.split(",") if part.strip()]
    if not parts:
        raise ValueError("TONGBU_SECRET_KEY is empty")
    return tuple(_derived(part, purpose) for part in parts)


def _derived(secret: str, purpose: Purpose) -> bytes:
    label = f"tongbu {purpose.value}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(secret.encode())
