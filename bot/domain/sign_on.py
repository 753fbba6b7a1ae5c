"""Signing on through the office's own identity provider: who it says somebody is."""

import base64
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Identity:
    """Whom the provider vouches for. `subject` never changes and is nobody else's there; `login`
    is what it calls the person, empty where it does not say."""

    issuer: str
    subject: str
    login: str = ""

    @property
    def key(self) -> str:
        """What a member of staff is bound to: a subject means nothing without its issuer."""
        return f"{self.issuer} {self.subject}"


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a code verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
