"""The rules of an office that say what followers are answered at once."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import AccountId
from bot.domain.replies.reply import Answered, LinkCard


class Match(StrEnum):
    """What a rule's words are compared with: a message, both compacted; the name of an event; the
    key of a menu entry that was tapped; the scene of a code that was scanned, also to follow."""

    EXACT = "exact"
    CONTAINS = "contains"
    STARTS = "starts"
    EVENT = "event"
    MENU = "menu"
    SCENE = "scene"
    ANY_MESSAGE = "any_message"


ABOUT_EVENTS = frozenset({Match.EVENT, Match.MENU, Match.SCENE})
_SAY_HOW_IT_BEGINS = frozenset({Match.EXACT, Match.STARTS})


@dataclass(frozen=True)
class AnswerRule:
    """One rule; empty `accounts` means every account. Earlier rules win. With a `card` the answer
    is that article, and `answer` the same in words."""

    name: str
    match: Match
    words: tuple[str, ...]
    answer: str
    accounts: tuple[AccountId, ...] = ()
    enabled: bool = True
    card: LinkCard | None = None

    @property
    def answered(self) -> Answered:
        """The answer this rule gives."""
        return Answered(self.answer, self.name, self.card)

    @property
    def outranks_a_search(self) -> bool:
        """Whether the rule is meant even for a message that asks for a search: it says how the
        message must begin."""
        return self.match in _SAY_HOW_IT_BEGINS
