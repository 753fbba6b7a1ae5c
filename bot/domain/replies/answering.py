"""Automatic answers: rules in memory that decide the passive answer to a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.domain.ids import AccountId
from bot.domain.replies.reply import Answered, Incoming, LinkCard, ReplyKind
from bot.domain.text import compact


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


_ABOUT_EVENTS = frozenset({Match.EVENT, Match.MENU, Match.SCENE})
_TAPS = frozenset({"click", "scancode_waitmsg"})
_SCANS = frozenset({"subscribe", "scan"})
_SCANNED_TO_FOLLOW = "qrscene_"
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

    def fits(self, incoming: Incoming, said: str) -> bool:
        """Whether this rule answers `incoming`, whose compacted text is `said`."""
        if not self.enabled or (self.accounts and incoming.account not in self.accounts):
            return False
        if incoming.kind is ReplyKind.EVENT:
            return _event_word(incoming, self.match) in self.words
        if incoming.kind is not ReplyKind.MESSAGE or self.match in _ABOUT_EVENTS:
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


def fitting_rule(incoming: Incoming, rules: Sequence[AnswerRule]) -> AnswerRule | None:
    """The first rule that fits, or None when a person should look."""
    said = compact(incoming.text)
    return next((rule for rule in rules if rule.fits(incoming, said)), None)


def _event_word(incoming: Incoming, match: Match) -> str | None:
    """What an event rule's words are compared with, None where `match` is not about it."""
    event = incoming.type_name.lower()
    if match is Match.EVENT:
        return event
    if match is Match.MENU and event in _TAPS:
        return incoming.target
    if match is Match.SCENE and event in _SCANS and incoming.target:
        return incoming.target.removeprefix(_SCANNED_TO_FOLLOW)
    return None
