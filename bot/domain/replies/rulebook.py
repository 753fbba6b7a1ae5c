"""Automatic answers: an office's rules, made ready to be asked while followers wait."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.cases.routing import RoutingRule, sensitive_rule
from bot.domain.ids import AccountId
from bot.domain.replies.answering import ABOUT_EVENTS, AnswerRule, Match
from bot.domain.replies.reply import Incoming, ReplyKind
from bot.domain.text import compact

_TAPS = frozenset({"click", "scancode_waitmsg"})
_SCANS = frozenset({"subscribe", "scan", "scan_follow"})
_SCANNED_TO_FOLLOW = "qrscene_"

LONGEST_KEYWORDED = 60
"""Signs of a message that a word in it may answer: whoever writes more tells something that a
person should read, whatever words it holds."""

Fits = Callable[[str], object]
"""Whether compacted words are those of a rule, by truth."""


@dataclass(frozen=True)
class _Page:
    """The rules of one account, in the office's order."""

    about_messages: Sequence[tuple[AnswerRule, Fits]]
    about_events: Sequence[AnswerRule]


class Rulebook:
    """Finds the first rule that fits; what can be prepared is prepared once."""

    def __init__(
        self, rules: Sequence[AnswerRule] = (), by_hand: Sequence[RoutingRule] = ()
    ) -> None:
        """What fits one of the `by_hand` rules is left to people."""
        self._by_hand = by_hand
        self._rules = [rule for rule in rules if rule.enabled]
        self._pages: dict[AccountId, _Page] = {}

    def is_left_to_people(self, incoming: Incoming) -> bool:
        """Whether a sensitive matter is spoken of, which no program answers."""
        asks = incoming.kind is ReplyKind.MESSAGE
        return asks and sensitive_rule(self._by_hand, incoming.text, incoming.account) is not None

    def fitting(self, incoming: Incoming) -> AnswerRule | None:
        """The first rule that fits, or None when a person should look."""
        page = self._pages.get(incoming.account) or self._page(incoming.account)
        if incoming.kind is ReplyKind.MESSAGE:
            said = compact(incoming.text)
            return next((rule for rule, fits in page.about_messages if fits(said)), None)
        if incoming.kind is ReplyKind.EVENT:
            return next((rule for rule in page.about_events if _is_about(incoming, rule)), None)
        return None

    def _page(self, account: AccountId) -> _Page:
        rules = [rule for rule in self._rules if not rule.accounts or account in rule.accounts]
        page = _Page(
            [(rule, _test_of(rule)) for rule in rules if rule.match not in ABOUT_EVENTS],
            [rule for rule in rules if rule.match in ABOUT_EVENTS],
        )
        self._pages[account] = page
        return page


def _test_of(rule: AnswerRule) -> Fits:
    words = tuple(compact(word) for word in rule.words)
    match rule.match:
        case Match.EXACT:
            return frozenset(words).__contains__
        case Match.STARTS:
            return lambda said: said.startswith(words)
        case Match.CONTAINS if words:
            found = re.compile("|".join(map(re.escape, words))).search
            return lambda said: len(said) <= LONGEST_KEYWORDED and found(said)
        case Match.ANY_MESSAGE:
            return lambda _said: True
        case _:
            return lambda _said: False


def _is_about(incoming: Incoming, rule: AnswerRule) -> bool:
    # Names of events are written SCAN or scan; keys and scenes are what they are.
    words = map(str.lower, rule.words) if rule.match is Match.EVENT else rule.words
    return _event_word(incoming, rule.match) in words


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
