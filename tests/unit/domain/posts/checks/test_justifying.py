"""Findings that stay because somebody says why."""

import pytest

from bot.domain.errors import InvalidInput, NotFound
from bot.domain.permissions import Permission
from bot.domain.posts.checks.checking import RULE_OF, RULES, check
from bot.domain.posts.checks.justifying import justify, keep_justified, permission_for
from bot.domain.posts.draft import Draft, Violation
from tests.unit.domain.posts.checks.posts import short, source

WRONG = short("每月3000元")


def draft() -> Draft:
    return Draft(WRONG, check(WRONG, source()))


def test_a_justified_finding_is_not_in_the_way() -> None:
    """It stays visible, with the reason and the name."""
    justified = justify(draft(), 0, reason="财政局已书面确认", by="李撰稿")

    assert not draft().is_sendable
    assert justified.is_sendable
    (violation,) = justified.violations
    assert (violation.justified, violation.justified_by) == ("财政局已书面确认", "李撰稿")


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(InvalidInput, match="至少 4 个字"):
        justify(draft(), 0, reason=" 无 ", by="李撰稿")
    with pytest.raises(NotFound):
        justify(draft(), 7, reason="财政局已书面确认", by="李撰稿")


def test_a_limit_of_the_platform_is_not_argued_with() -> None:
    limited = Draft(WRONG, (Violation("title", "标题超过 32 个字"),))

    with pytest.raises(InvalidInput, match="请修改稿件"):
        justify(limited, 0, reason="领导要求这样写", by="李撰稿")


def test_grave_findings_are_a_reviewers_to_judge() -> None:
    """Secrecy and names of the state; figures are the writer's."""
    grave = Violation("secrecy_mark", "有密级标志")
    figure = Violation("fact_unfounded", "找不到")

    assert permission_for(grave) is Permission.APPROVE_POST
    assert permission_for(figure) is Permission.WRITE_POST


def test_a_word_given_for_a_finding_covers_that_finding_only() -> None:
    """After an edit the same finding stays justified; a new one is not."""
    before = justify(draft(), 0, reason="财政局已书面确认", by="李撰稿").violations
    found = check(short("每月3000元，另发500元"), source())

    kept = keep_justified(found, before)

    assert [(v.quote, bool(v.justified)) for v in kept] == [("3000元", True), ("500元", False)]


def test_rules_can_be_named_and_explained() -> None:
    """Ids are stored with findings: each is one rule's, with a version and a basis."""
    assert len(RULE_OF) == len(RULES)
    assert all(rule.version >= 1 and rule.basis and rule.name for rule in RULES)
