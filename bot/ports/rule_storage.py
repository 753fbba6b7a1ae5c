"""Where distribution rules and answer rules are kept."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import RuleId
from bot.domain.posts.rules import Rule
from bot.domain.replies.answering import AnswerRule


class Rules(Protocol):
    """Distribution rules and answer rules, in their order."""

    def add(self, rule: Rule) -> None: ...
    def save(self, rule: Rule) -> None:
        """Put it in the place of the one with its id.

        Raises:
            NotFound: there is none.
        """
        ...

    def get(self, rule: RuleId) -> Rule: ...
    def all(self) -> Sequence[Rule]: ...
    def arrange(self, order: Sequence[RuleId]) -> None:
        """Put all rules in this order; it names each of them once."""
        ...

    def answer_rules(self) -> Sequence[AnswerRule]: ...
    def replace_answer_rules(self, rules: Sequence[AnswerRule]) -> None: ...
