"""Set the office's rules: terms of answers, and keywords of classes and departments."""

from collections.abc import Sequence

from bot.domain.cases.routing import RoutingRule, routing_faults
from bot.domain.cases.rules import DeadlineRule, faults_of, renumbered
from bot.domain.errors import InvalidInput
from bot.domain.permissions import Actor, Permission
from bot.ports.case_storage import RuleSet
from bot.ports.storage import UnitOfWork
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
        return _saved(uow, current, deadlines, current.routing, actor)


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
        current = tools.rules(uow)
        stored = uow.case_rules.newest()
        return _saved(uow, current, stored.deadlines if stored else (), tuple(rules), actor)


def _saved(
    uow: UnitOfWork,
    current: RuleSet,
    deadlines: tuple[DeadlineRule, ...],
    routing: tuple[RoutingRule, ...],
    actor: Actor,
) -> RuleSet:
    rules = RuleSet(current.version + 1, actor.name, uow.now(), deadlines, routing)
    uow.case_rules.add(rules)
    uow.audit.write(
        actor=actor.name,
        action="case_rules.set",
        object_kind="case_rules",
        object_id=str(rules.version),
        details={"deadlines": str(len(deadlines)), "routing": str(len(routing))},
    )
    uow.commit()
    return rules
