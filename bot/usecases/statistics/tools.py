"""What the use cases of this room need from the world, handed over as one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.statistics.planning import Term
from bot.ports.statistics import StatisticsReader
from bot.usecases.publishing.tools import PublishingTools


@dataclass(frozen=True)
class StatisticsTools:
    """Publishing's tools, and who asks which platform for figures; not every platform has one."""

    publishing: PublishingTools
    readers: Mapping[PlatformName, StatisticsReader]

    def terms(self, account: Account) -> tuple[Term, ...]:
        """What this account can be asked; nothing for one that is switched off."""
        reader = self.readers.get(account.platform)
        return reader.terms(account) if reader is not None and account.enabled else ()
