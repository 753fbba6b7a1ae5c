"""Rules in another order, and what other rules would mean for releases that wait."""

from dataclasses import replace

import pytest

from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.ids import AccountId, RuleId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.posts.post import PostKind
from bot.usecases.posts.arrange_rules import arrange_rules
from bot.usecases.posts.foresee_rules import foresee_rules
from bot.usecases.posts.plan_release import plan_release
from tests import factories as make
from tests.unit.usecases.posts.desk import EDITOR, Desk, accounts

ADMIN = Actor("周管理", frozenset({Role.ACCOUNT_ADMIN}))
BOTH = (AccountId("acc_1"), AccountId("acc_2"))
FIRST = make.rule(id=RuleId("rule_1"), accounts=BOTH)
SECOND = make.rule(id=RuleId("rule_2"), accounts=BOTH[:1], kind=PostKind.POLICY)


@pytest.fixture
def desk() -> Desk:
    """Two rules, of which the first decides for both accounts."""
    return Desk(FIRST, SECOND, accounts=accounts(1, 2))


def test_the_order_is_stored_and_written_down(desk: Desk) -> None:
    """Once; the same order again is no change."""
    order = [SECOND.id, FIRST.id]

    for _ in range(2):
        arranged = arrange_rules(order, actor=ADMIN, storage=desk.storage)

    assert [rule.id for rule in arranged] == order
    assert desk.actions().count("rule.arranged") == 1


@pytest.mark.parametrize("order", [["rule_1"], ["rule_1", "rule_1"], ["rule_1", "rule_9"]])
def test_an_order_that_loses_a_rule_is_refused(desk: Desk, order: list[str]) -> None:
    """Somebody added one meanwhile, or slipped."""
    with pytest.raises(InvalidInput, match="各写一次"):
        arrange_rules([RuleId(one) for one in order], actor=ADMIN, storage=desk.storage)


def test_what_waits_and_would_be_planned_otherwise_is_told(desk: Desk) -> None:
    """Account by account; what stays the same is left out, and nothing changes."""
    waits = desk.arrives(approval=None).release

    (affected,) = foresee_rules([SECOND, FIRST], actor=ADMIN, storage=desk.storage)
    off = foresee_rules([replace(FIRST, enabled=False)], actor=ADMIN, storage=desk.storage)

    assert affected.release.id == waits.id
    ((account, before, after),) = [(c.account.id, c.before, c.after) for c in affected.changes]
    assert account == BOTH[0]
    assert before is not None
    assert after is not None
    assert (before.rule.kind, after.rule.kind) == (FIRST.kind, PostKind.POLICY)
    assert [c.after for c in off[0].changes] == [None, None]
    assert foresee_rules([FIRST, SECOND], actor=ADMIN, storage=desk.storage) == []


def test_what_is_planned_already_is_not_concerned(desk: Desk) -> None:
    """An approved release without a rollout is; afterwards it is not."""
    release = desk.arrives().release
    asked = {"actor": ADMIN, "storage": desk.storage}

    before = foresee_rules([SECOND], **asked)  # type: ignore[arg-type]
    plan_release(release.id, desk.tools)

    assert [one.release.id for one in before] == [release.id]
    assert foresee_rules([SECOND], **asked) == []  # type: ignore[arg-type]


def test_only_who_manages_accounts_may(desk: Desk) -> None:
    """Neither look nor change."""
    with pytest.raises(NotAllowed):
        arrange_rules([SECOND.id, FIRST.id], actor=EDITOR, storage=desk.storage)
    with pytest.raises(NotAllowed):
        foresee_rules([SECOND], actor=EDITOR, storage=desk.storage)
