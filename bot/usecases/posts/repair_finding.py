"""A person lets the right words be put where a finding is sure of them."""

from bot.domain.errors import InvalidInput, NotFound, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.draft import Draft, Violation
from bot.domain.posts.post import Post
from bot.domain.posts.repairing import repaired
from bot.usecases.posts.edit_post import composed
from bot.usecases.posts.revising import require_unchanged, store_revision, take_up
from bot.usecases.posts.tools import PostTools

_BY_HAND = "这一处不能自动改正，请在对应的位置手工修改"


def repair_finding(
    post_id: PostId, number: int, *, content_hash: str, actor: Actor, tools: PostTools
) -> Post:
    """Put the repair of finding `number` (from 0) in place, as an edit like any other.

    Raises:
        NotAllowed, NotFound.
        EditedMeanwhile: somebody else changed the post since it was shown.
        InvalidInput: the finding has no sure repair, or it does not go away by it.
        IllegalMove: the post is on its way, is over, or may be public.
    """
    actor.require(Permission.WRITE_POST)
    taken = take_up(post_id, tools)
    require_unchanged(taken.post, content_hash)
    violations = taken.post.draft.violations
    if not 0 <= number < len(violations):
        raise NotFound("检查结果", str(number))
    violation = violations[number]
    edits = repaired(violation, taken.post, taken.release.content)
    if edits is None:
        raise InvalidInput([Problem("finding", _BY_HAND)])
    draft, kept = composed(taken, edits, tools)
    if _is_there(violation, draft):
        raise InvalidInput([Problem("finding", _BY_HAND)])
    return store_revision(
        taken,
        draft,
        kept,
        action="repaired",
        details={"rule": violation.rule, "rule_version": str(violation.version)},
        actor=actor,
        tools=tools,
    )


def _is_there(violation: Violation, draft: Draft) -> bool:
    same = (violation.rule, violation.place, violation.quote)
    return any((each.rule, each.place, each.quote) == same for each in draft.violations)
