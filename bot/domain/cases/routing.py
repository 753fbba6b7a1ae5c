"""Keyword rules of an office: which class and department a matter belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.cases.names import CaseClass
from bot.domain.errors import Problem
from bot.domain.ids import AccountId, DepartmentId
from bot.domain.text import compact


@dataclass(frozen=True)
class RoutingRule:
    """One rule; earlier rules win, and empty `accounts` means every account. A matter fits that
    holds one of `words`, all of `also` (if any) and none of `without`. With `opens` a case is
    opened by the rule alone, else it only suggests. What fits a `sensitive` rule, the first or
    not, is never answered by a program, and its case is sensitive from the beginning."""

    name: str
    words: tuple[str, ...]
    case_class: CaseClass
    department: DepartmentId | None = None
    is_urgent: bool = False
    accounts: tuple[AccountId, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    opens: bool = False
    sensitive: bool = False

    def fits(self, said: str, account: AccountId | None) -> bool:
        """Whether compacted words belong to this rule."""
        return (
            (not self.accounts or account in self.accounts)
            and any(compact(word) in said for word in self.words)
            and all(compact(word) in said for word in self.also)
            and not any(compact(word) in said for word in self.without)
        )


def route_of(
    rules: Sequence[RoutingRule], text: str, account: AccountId | None
) -> RoutingRule | None:
    """The first rule that fits, None where a person has to say."""
    said = compact(text)
    return next((rule for rule in rules if rule.fits(said, account)), None)


def sensitive_rule(
    rules: Sequence[RoutingRule], text: str, account: AccountId | None
) -> RoutingRule | None:
    """The first rule that calls such a matter sensitive."""
    return route_of([rule for rule in rules if rule.sensitive], text, account)


def routing_faults(
    rules: Sequence[RoutingRule], departments: frozenset[DepartmentId]
) -> list[Problem]:
    """Why rules cannot be used: no words, or a department that is not there."""
    problems = [Problem(r.name, "请填写用来识别的词") for r in rules if not any(r.words)]
    problems += [
        Problem(r.name, f"没有部门 {r.department}，请先登记部门")
        for r in rules
        if r.department is not None and r.department not in departments
    ]
    return problems
