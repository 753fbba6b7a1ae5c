"""Platform access tokens and call budgets: rows with compare-and-set, shared by all processes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.accounts.budgets import Budget, Purpose
from bot.domain.ids import AccountId


@dataclass(frozen=True)
class PlatformToken:
    """An access token and when it dies (UTC)."""

    value: str = field(repr=False)
    expires_at: datetime
    fetched_at: datetime


class TokenStore(Protocol):
    """One token an account, encrypted at rest."""

    def get(self, account: AccountId) -> PlatformToken | None:
        """The stored token, dead or alive."""
        ...

    def swap(self, account: AccountId, *, seen: PlatformToken | None, new: PlatformToken) -> bool:
        """Store `new` if the stored token still is `seen`; False when somebody was faster."""
        ...

    def claim_refresh(self, account: AccountId, *, seconds: float) -> bool:
        """Become the one process that refreshes, for at most `seconds`."""
        ...

    def release_refresh(self, account: AccountId) -> None:
        """Let others refresh again."""
        ...


class CallBudgets(Protocol):
    """How many calls of the day are spent."""

    def spend(
        self,
        account: AccountId,
        budget: Budget,
        *,
        publishing: bool,
        purpose: Purpose | None = None,
    ) -> None:
        """Take one call out of the budget of today (Beijing); `purpose` is counted beside it.

        Raises:
            RateLimited: the allowance for this purpose is used up; `until` is its reset.
        """
        ...

    def remaining(self, account: AccountId, budget: Budget) -> int:
        """How many calls are left today."""
        ...
