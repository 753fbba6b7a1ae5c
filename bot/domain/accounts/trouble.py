"""Trouble: what a platform holds against a whole account, so that none of its posts can go out."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import AccountSuspended, CredentialExpired
from bot.domain.ids import AccountId
from bot.domain.publishing.journal import Failure

TROUBLED_SECONDS = 60
"""How soon what waits for an account looks again; the end of the trouble wakes it."""

_UNREADABLE = CredentialExpired.__name__
_CONCERN_THE_ACCOUNT = frozenset({_UNREADABLE, AccountSuspended.__name__})


@dataclass(frozen=True)
class AccountTrouble:
    """Why the account's posts wait, since when. It ends when a person says so: by authorising
    the account again, by trying a post again, or by saying that all is well."""

    account: AccountId
    since: datetime
    failure: Failure

    @property
    def stops_reading(self) -> bool:
        """Whether the platform does not even let us look: the token is dead."""
        return self.failure.error == _UNREADABLE

    @property
    def in_words(self) -> str:
        """Cause and next step, for staff."""
        told = (self.failure.cause, self.failure.next_step)
        return "。".join(part for part in told if part)


def concerns_the_account(failure: Failure | None) -> bool:
    """Whether any other post of the account would meet the same refusal."""
    return failure is not None and failure.error in _CONCERN_THE_ACCOUNT
