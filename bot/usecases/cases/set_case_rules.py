"""Set the office's rules: terms of answers, and keywords of classes and departments."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cases.routing import RoutingRule, routing_faults
from bot.domain.cases.rules import DeadlineRule, faults_of, renumbered
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.ports.case_storage import RuleSet
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.cases.tools import CaseTools


def set_deadline_rules(rules: Sequence[DeadlineRule], *, actor: Actor, tools: CaseTools) -> RuleSet:
    """Put these in force for what comes from now on; clocks that run keep theirs. A rule that
    says the same as before keeps its version.

    Raises:
        NotAllowed.
        InvalidInput: a class would have no term, a rule no basis, or an id is used twice.
        NotFound: a rule names an account that is not there.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    problems = faults_of(rules)
    if problems:
        raise InvalidInput(problems)
    with tools.storage.begin() as uow:
        for account in (account for rule in rules for account in rule.accounts):
            uow.accounts.get(account)
        current = tools.rules(uow)
        deadlines = renumbered(current.deadlines, rules)
        return save_rules(uow, replace(current, deadlines=deadlines), actor)


def set_routing_rules(rules: Sequence[RoutingRule], *, actor: Actor, tools: CaseTools) -> RuleSet:
    """Put these in force instead of those there are.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: a rule has no words, or names a department that is not there.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    with tools.storage.begin() as uow:
        known = frozenset(department.id for department in uow.departments.all())
        problems = routing_faults(rules, known)
        if problems:
            raise InvalidInput(problems)
        for account in (account for rule in rules for account in rule.accounts):
            uow.accounts.get(account)
        return save_rules(uow, replace(stored_rules(uow), routing=tuple(rules)), actor)


def set_demand_from(askers: int, *, actor: Actor, storage: Storage) -> RuleSet:
    """From so many askers on what nothing published answers is put on the list of demands; for
    what is asked from now on.

    Raises:
        NotAllowed.
        InvalidInput: fewer than two.
    """
    actor.require(Permission.MANAGE_CASE_RULES)
    if askers < 2:
        raise InvalidInput([Problem("askers", "请至少填写 2 人")])
    with storage.begin() as uow:
        return save_rules(uow, replace(stored_rules(uow), demand_from=askers), actor)


def stored_rules(uow: UnitOfWork) -> RuleSet:
    """What the office has set, empty at first."""
    return uow.case_rules.newest() or RuleSet(0, "", uow.now())


def require_newest(rules: RuleSet, seen: int | None) -> None:
    """Go on if nobody has set another version than the one that was changed.

    Raises:
        Conflict.
    """
    if seen is not None and seen != rules.version:
        raise Conflict("规则刚刚被其他人修改，请看过现在的规则再改")


def save_rules(uow: UnitOfWork, wanted: RuleSet, actor: Actor) -> RuleSet:
    """Store `wanted` as the next version, with its audit record, and commit.

    Raises:
        Conflict: somebody else has set this version just now.
    """
    rules = replace(wanted, version=wanted.version + 1, by=actor.name, at=uow.now())
    uow.case_rules.add(rules)
    uow.audit.write(
        actor=actor.name,
        action="case_rules.set",
        object_kind="case_rules",
        object_id=str(rules.version),
        details={
            "deadlines": str(len(rules.deadlines)),
            "routing": str(len(rules.routing)),
            "demand_from": str(rules.demand_from),
            "profiles": str(len(rules.profiles)),
            "retention": str(len(rules.retention)),
        },
    )
    uow.commit()
    return rules
