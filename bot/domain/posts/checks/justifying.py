"""A finding that stays because somebody says why: which may, and how the word is kept."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.errors import InvalidInput, NotFound, Problem
from bot.domain.permissions import Permission
from bot.domain.posts.checks.checking import RULE_OF
from bot.domain.posts.draft import Draft, Violation

_SHORTEST = 4
"""Characters of a reason; “无” explains nothing."""


def permission_for(violation: Violation) -> Permission | None:
    """Who may let a finding stand: the writer, for grave rules a reviewer. None: nobody, the
    platform would refuse the post."""
    rule = RULE_OF.get(violation.rule)
    if rule is None or not violation.is_in_the_way:
        return None
    return Permission.APPROVE_POST if rule.grave else Permission.WRITE_POST


def justify(draft: Draft, number: int, *, reason: str, by: str) -> Draft:
    """The draft with finding `number` (from 0) justified.

    Raises:
        NotFound: there is no such finding.
        InvalidInput: the reason is missing, or no reason helps against this finding.
    """
    if not 0 <= number < len(draft.violations):
        raise NotFound("检查结果", str(number))
    violation = draft.violations[number]
    if permission_for(violation) is None:
        raise InvalidInput([Problem("reason", "这一项不能用说明代替，请修改稿件")])
    if len(reason.strip()) < _SHORTEST:
        raise InvalidInput([Problem("reason", "请写明为什么可以保留（至少 4 个字）")])
    violations = list(draft.violations)
    violations[number] = replace(violation, justified=reason.strip(), justified_by=by)
    return replace(draft, violations=tuple(violations))


def keep_justified(
    found: Iterable[Violation], before: Iterable[Violation]
) -> tuple[Violation, ...]:
    """What was found anew; a finding that was justified before, word for word, stays so."""
    known = {_same(each): each for each in before if each.justified}
    return tuple(known.get(_same(each), each) for each in found)


def _same(violation: Violation) -> tuple[str, int, str, str, str]:
    v = violation
    return (v.rule, v.version, v.place, v.quote, v.message)
