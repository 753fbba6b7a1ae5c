"""Consent of an account's holder, on platforms whose tokens a person must give."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.domain.accounts.account import Account, AccountAccess
from bot.ports.tokens import PlatformToken


@dataclass(frozen=True)
class Grant:
    """A token, and whose it is by the platform's own word."""

    token: PlatformToken
    uid: str
    app_key: str
    lifetime: timedelta = field(default_factory=timedelta)


class Authoriser(Protocol):
    """The way to a token. Shared between threads."""

    def consent_address(self, account: Account, *, redirect_uri: str, state: str) -> str:
        """The page on which whoever holds the account consents.

        Raises:
            Misconfigured: the account lacks what the page needs.
        """
        ...

    def grant(self, access: AccountAccess, code: str, *, redirect_uri: str) -> Grant:
        """Exchange the code that came back, once, and ask whose token it is.

        Raises:
            PlatformError: as the tree in `bot.domain.errors` tells them apart.
        """
        ...

    def app_key(self, account: Account) -> str:
        """The application the account's settings name."""
        ...
