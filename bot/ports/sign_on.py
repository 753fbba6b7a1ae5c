"""Signing on through an identity provider, as the console needs it."""

from typing import Protocol

from bot.domain.errors import Refusal
from bot.domain.sign_on import Identity


class SignOnRefused(Refusal):
    """The provider did not vouch for anybody; the message says in Chinese what to do."""


class SignOn(Protocol):
    """One provider, by settings."""

    @property
    def name(self) -> str:
        """What staff call it, for the button."""
        ...

    @property
    def issuer(self) -> str:
        """The address that its identities are bound to."""
        ...

    @property
    def is_only_way(self) -> bool:
        """Whether passwords open nothing here."""
        ...

    @property
    def binds_by_login(self) -> bool:
        """Whether somebody who is not bound yet is known by their login the first time."""
        ...

    def address(self, *, state: str, nonce: str, challenge: str) -> str:
        """Where to send the browser.

        Raises:
            SignOnRefused: the provider is away.
        """
        ...

    def identify(self, code: str, *, verifier: str, nonce: str) -> Identity:
        """Exchange the code for an ID token, and verify it.

        Raises:
            SignOnRefused: the provider is away or refused the code, or its token is not sound.
        """
        ...

    def leaving_address(self) -> str:
        """Where one leaves the provider too; empty where it has no such place or is away."""
        ...
