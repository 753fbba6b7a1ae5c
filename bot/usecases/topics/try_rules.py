"""Try rules of watching on what was said of late, without alarming anybody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.permissions import Actor, Permission
from bot.domain.replies.reply import Incoming
from bot.domain.topics.rules import WatchRules
from bot.domain.topics.terms import GRAVE, GRAVE_AND_NAMED, NAMES_US, terms_of, titles_in
from bot.domain.topics.theme import Theme
from bot.usecases.topics.judge_growth import growing_by
from bot.usecases.topics.tools import WatchTools

MOST_READ = 500


@dataclass(frozen=True)
class GraveWord:
    """A grave word in what was read: how many used it, how many of them naming us, and whether
    that would have alarmed, as if all of it had been said within a day."""

    word: str
    askers: int
    named: int
    alarms: bool


@dataclass(frozen=True)
class Tried:
    """What the rules would make of the newest replies, and of the growth there is now."""

    read: int
    named: int
    grave: Sequence[GraveWord]
    growing: Sequence[Theme]


def try_rules(rules: WatchRules, *, actor: Actor, tools: WatchTools) -> Tried:
    """Read the newest replies of every account as these rules read them.

    Raises:
        NotAllowed.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    with tools.storage.look() as uow:
        accounts = uow.accounts.all()
        share = max(MOST_READ // max(len(accounts), 1), 1)
        said = [one for each in accounts for one in uow.replies.recent(each.id, limit=share)]
        growing = growing_by(uow, rules)
    terms = [(one.sender or one.key, _terms(one, rules, tools)) for one in said if one.text]
    return Tried(
        len(terms), sum(NAMES_US in found for _, found in terms), _grave(terms, rules), growing
    )


def _terms(said: Incoming, rules: WatchRules, tools: WatchTools) -> frozenset[str]:
    return terms_of(said, rules, tools.split_words, names_document=bool(titles_in(said.text)))


def _grave(terms: Sequence[tuple[str, frozenset[str]]], rules: WatchRules) -> Sequence[GraveWord]:
    askers: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for asker, found in terms:
        for word in rules.grave_words:
            if {GRAVE + word, GRAVE_AND_NAMED + word} & found:
                askers[word].add(asker)
            if GRAVE_AND_NAMED + word in found:
                named[word].add(asker)
    told = [
        GraveWord(
            word, len(who), len(named[word]), bool(named[word]) or len(who) >= rules.grave_from
        )
        for word, who in askers.items()
    ]
    return sorted(told, key=lambda one: (-one.askers, one.word))
