"""Say what other rules would mean for the releases that wait, before anybody changes a rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.accounts.account import Account
from bot.domain.ids import AccountId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.rules import PlannedPost, Rule, plan_posts
from bot.domain.releases.release import Release, ReleaseState
from bot.ports.storage import Storage, UnitOfWork

MOST_WAITING = 1000


@dataclass(frozen=True)
class Change:
    """What becomes of one account's post of a waiting release; None is no post."""

    account: Account
    before: PlannedPost | None
    after: PlannedPost | None


@dataclass(frozen=True)
class Affected:
    """A waiting release for which something would be different."""

    release: Release
    changes: Sequence[Change]


def foresee_rules(rules: Sequence[Rule], *, actor: Actor, storage: Storage) -> Sequence[Affected]:
    """Which of the releases that wait to be approved or planned would be planned otherwise under
    `rules`. What is planned already stays as it is. Changes nothing.

    Raises:
        NotAllowed: the actor may not manage accounts and rules.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with storage.look() as uow:
        accounts = {account.id: account for account in uow.accounts.all()}
        now, present = uow.now(), uow.rules.all()
        found = []
        for release in _waiting(uow):
            before = _by_account(plan_posts(release, present, accounts.values(), now=now))
            after = _by_account(plan_posts(release, rules, accounts.values(), now=now))
            changes = [
                Change(accounts[one], before.get(one), after.get(one))
                for one in sorted({*before, *after})
                if _said(before.get(one)) != _said(after.get(one))
            ]
            if changes:
                found.append(Affected(release, changes))
    return found


def _waiting(uow: UnitOfWork) -> Sequence[Release]:
    received = uow.releases.in_state(ReleaseState.RECEIVED, limit=MOST_WAITING)
    approved = [uow.releases.get(one) for one in uow.releases.awaiting_plan(limit=MOST_WAITING)]
    return [*received, *approved]


def _by_account(planned: Sequence[PlannedPost]) -> Mapping[AccountId, PlannedPost]:
    return {one.account: one for one in planned}


def _said(planned: PlannedPost | None) -> object:
    """What a post is made by, whatever its rule is called."""
    if planned is None:
        return None
    rule = planned.rule
    return (rule.kind, rule.template, rule.policy, rule.approval, planned.due_at)
