"""Automatic answers: rules in memory that decide the passive answer to a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.domain.ids import AccountId
from bot.domain.replies.reply import Answered, Incoming, ReplyKind
from bot.domain.text import compact


class Match(StrEnum):
    """How a rule's words are compared with a message, both compacted."""

    EXACT = "exact"
    CONTAINS = "contains"
    STARTS = "starts"
    EVENT = "event"
    ANY_MESSAGE = "any_message"


@dataclass(frozen=True)
class AnswerRule:
    """One rule; empty `accounts` means every account. Earlier rules win."""

    name: str
    match: Match
    words: tuple[str, ...]
    answer: str
    accounts: tuple[AccountId, ...] = ()
    enabled: bool = True

    def fits(self, incoming: Incoming, said: str) -> bool:
        """Whether this rule answers `incoming`, whose compacted text is `said`."""
        if not self.enabled or (self.accounts and incoming.account not in self.accounts):
            return False
        if incoming.kind is ReplyKind.EVENT:
            return self.match is Match.EVENT and incoming.type_name.lower() in self.words
        if incoming.kind is not ReplyKind.MESSAGE or self.match is Match.EVENT:
            return False
        return self.match is Match.ANY_MESSAGE or self._words_fit(said)

    @cached_property
    def _compacted(self) -> tuple[str, ...]:
        return tuple(compact(word) for word in self.words)

    def _words_fit(self, said: str) -> bool:
        match self.match:
            case Match.EXACT:
                return said in self._compacted
            case Match.STARTS:
                return said.startswith(self._compacted)
            case _:
                return any(word in said for word in self._compacted)


def automatic_answer(incoming: Incoming, rules: Sequence[AnswerRule]) -> Answered | None:
    """The answer of the first rule that fits, or None when a person should look."""
    said = compact(incoming.text)
    rule = next((rule for rule in rules if rule.fits(incoming, said)), None)
    return Answered(rule.answer, rule.name) if rule else None
