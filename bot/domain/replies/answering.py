"""Automatic answers: rules in memory that decide the passive answer to a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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

    def fits(self, incoming: Incoming) -> bool:
        """Whether this rule answers `incoming`."""
        if not self.enabled or (self.accounts and incoming.account not in self.accounts):
            return False
        if incoming.kind is ReplyKind.EVENT:
            return self.match is Match.EVENT and incoming.type_name.lower() in self.words
        if incoming.kind is not ReplyKind.MESSAGE or self.match is Match.EVENT:
            return False
        return self.match is Match.ANY_MESSAGE or self._words_fit(compact(incoming.text))

    def _words_fit(self, said: str) -> bool:
        wanted = (compact(word) for word in self.words)
        match self.match:
            case Match.EXACT:
                return any(said == word for word in wanted)
            case Match.STARTS:
                return any(said.startswith(word) for word in wanted)
            case _:
                return any(word in said for word in wanted)


def automatic_answer(incoming: Incoming, rules: Sequence[AnswerRule]) -> Answered | None:
    """The answer of the first rule that fits, or None when a person should look."""
    rule = next((rule for rule in rules if rule.fits(incoming)), None)
    return Answered(rule.answer, rule.name) if rule else None
