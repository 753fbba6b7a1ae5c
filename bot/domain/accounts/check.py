"""What a look at an account found: a line each, and the whole check with its time."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.account import Mode
from bot.domain.ids import AccountId


@dataclass(frozen=True)
class AccountFinding:
    """One line of an account check, in Chinese: what is well or not, the next step, and whose.

    A finding with `ok` false forbids going live; one with `warning` is told and forbids nothing.
    """

    ok: bool
    what: str
    next_step: str = ""
    who: str = ""
    warning: bool = False


@dataclass(frozen=True)
class AccountCheck:
    """Everything one look found out about an account in a mode, and when (UTC)."""

    account: AccountId
    mode: Mode
    at: datetime
    findings: tuple[AccountFinding, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was found that would fail on release day."""
        return all(finding.ok for finding in self.findings)

    @property
    def faults(self) -> tuple[AccountFinding, ...]:
        """The findings that are not well."""
        return tuple(finding for finding in self.findings if not finding.ok)
