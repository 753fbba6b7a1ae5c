"""What watching needs from the world, handed over as one value."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.topics.rules import WatchRules
from bot.domain.topics.terms import SplitWords
from bot.ports.searching import ReleaseSearch
from bot.ports.storage import Storage, UnitOfWork


@dataclass(frozen=True)
class WatchTools:
    """`default_rules` are in force until the office sets its own; `new_id(prefix)` gives a new
    identifier."""

    storage: Storage
    search: ReleaseSearch
    split_words: SplitWords
    new_id: Callable[[str], str]
    default_rules: WatchRules

    def rules(self, uow: UnitOfWork) -> WatchRules:
        """Those in force."""
        newest = uow.case_rules.newest()
        return (newest.watch if newest else None) or self.default_rules
