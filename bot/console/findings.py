"""检查结果: what was found in a post, and which of it somebody may let stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.permissions import Actor, Permission
from bot.domain.posts.checks.checking import RULE_OF
from bot.domain.posts.checks.justifying import permission_for
from bot.domain.posts.draft import Draft, Violation
from bot.domain.posts.post import Post, PostState


@dataclass(frozen=True)
class Shown:
    """One finding; `number` names it in forms, `asks` says that this person may justify it,
    `waits_for` who else may."""

    number: int
    violation: Violation
    basis: str
    asks: bool
    waits_for: str

    @property
    def field(self) -> str:
        """The id of the field in which its justification is written."""
        return f"finding-{self.number}"


def findings_of(post: Post, actor: Actor, draft: Draft | None = None) -> Sequence[Shown]:
    """Every finding, those in the way first; of `draft` where that is not stored yet."""
    violations = (draft or post.draft).violations
    shown = [
        _shown(number, each, draft is not None or post.state is PostState.DRAFT, actor)
        for number, each in enumerate(violations)
    ]
    return sorted(shown, key=lambda each: not each.violation.is_in_the_way)


def _shown(number: int, violation: Violation, is_draft: bool, actor: Actor) -> Shown:
    rule = RULE_OF.get(violation.rule)
    needed = permission_for(violation) if is_draft else None
    asks = needed is not None and actor.may(needed)
    waits_for = "由审核人判断是否保留" if needed is Permission.APPROVE_POST and not asks else ""
    return Shown(number, violation, rule.basis if rule else "", asks, waits_for)
