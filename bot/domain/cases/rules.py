"""An office's terms of answers, as versioned data: by class, account, entry and urgency."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.cases.names import CaseClass, Entry
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AccountId
from bot.domain.workdays import Term


@dataclass(frozen=True)
class Step:
    """Something else that a rule asks for, with its own term (舆情: 24 小时内新闻发布会)."""

    name: str
    term: Term


@dataclass(frozen=True)
class DeadlineRule:
    """One rule. Empty conditions fit everything; earlier rules win. `basis` is the law, or the
    office's own regulation, in words that may be shown. `warn_before` counts back from the end:
    working days mean 09:00 on that day, 0 of them the last day itself."""

    id: str
    term: Term
    basis: str
    classes: tuple[CaseClass, ...] = ()
    accounts: tuple[AccountId, ...] = ()
    entries: tuple[Entry, ...] = ()
    is_urgent: bool | None = None
    needs_review: bool = False
    warn_before: tuple[Term, ...] = ()
    steps: tuple[Step, ...] = ()
    version: int = 1

    def fits(self, case_class: CaseClass, matter: "Matter") -> bool:
        """Whether the rule speaks of such a matter."""
        return (
            (not self.classes or case_class in self.classes)
            and (not self.accounts or matter.account in self.accounts)
            and (not self.entries or matter.entry in self.entries)
            and self.is_urgent in (None, matter.is_urgent)
        )


@dataclass(frozen=True)
class Matter:
    """What besides its class decides on a term."""

    account: AccountId | None
    entry: Entry
    is_urgent: bool


def rule_for(rules: Sequence[DeadlineRule], case_class: CaseClass, matter: Matter) -> DeadlineRule:
    """The first rule that fits. Rules that passed `faults_of` always have one."""
    for rule in rules:
        if rule.fits(case_class, matter):
            return rule
    words = f"没有适用于“{case_class.value}”的答复期限规则，请先补充规则"
    raise InvalidInput([Problem("rules", words)])


def faults_of(rules: Sequence[DeadlineRule]) -> list[Problem]:
    """Why these rules cannot be used together: an id twice, no basis, a class without a rule."""
    problems: list[Problem] = []
    ids = [rule.id for rule in rules]
    problems += [
        Problem(rule, "规则编号重复，请每条使用不同的编号")
        for rule in sorted({one for one in ids if ids.count(one) > 1})
    ]
    for rule in rules:
        if not rule.basis.strip():
            problems.append(Problem(rule.id, "请写明依据（法律法规或本单位制度）"))
        if rule.term.amount < 1:
            problems.append(Problem(rule.id, "期限至少为 1"))
    general = [r for r in rules if not r.accounts and not r.entries and r.is_urgent is None]
    problems += [
        Problem(case_class.value, "缺少不分账号、来源和紧急程度的规则，这一类留言会没有期限")
        for case_class in CaseClass
        if not any(not r.classes or case_class in r.classes for r in general)
    ]
    return problems


def renumbered(
    current: Sequence[DeadlineRule], wanted: Sequence[DeadlineRule]
) -> tuple[DeadlineRule, ...]:
    """`wanted` with versions: a rule that says the same keeps its own, one that changed gets the
    next. A rule is known by its id."""
    known = {rule.id: rule for rule in current}
    return tuple(_next(known.get(rule.id), rule) for rule in wanted)


def _next(before: DeadlineRule | None, rule: DeadlineRule) -> DeadlineRule:
    if before is None:
        return replace(rule, version=1)
    same = replace(rule, version=before.version)
    return same if same == before else replace(rule, version=before.version + 1)


class RuleSetKind(StrEnum):
    """Sets of rules of which every version is kept."""

    DEADLINES = "deadlines"
    ROUTING = "routing"
