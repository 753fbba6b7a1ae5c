"""Read model of the ledger: what was made public, and what was applied for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.statistics.ledger import ApplicationLine, LedgerLine


class LedgerOverview(Protocol):
    """Each call is one read transaction. Safe to share between threads."""

    def ledger(self, *, since: datetime, limit: int = 500) -> Sequence[LedgerLine]:
        """Released documents received since then, the last one first."""
        ...

    def applications(
        self, *, since: datetime, department: str | None = None, limit: int = 500
    ) -> Sequence[ApplicationLine]:
        """Applications for disclosure filed since then, the last one first; of one department or
        of all."""
        ...
