"""A person says why a finding may stand; the reviewer sees the words beside it."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor
from bot.domain.posts.checks.justifying import justify, permission_for
from bot.domain.posts.post import Post, PostState
from bot.ports.storage import Storage


def justify_finding(
    post_id: PostId, number: int, *, reason: str, content_hash: str, actor: Actor, storage: Storage
) -> Post:
    """Let finding `number` (from 0) of the draft `content_hash` stand, saying why.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason, a finding that no reason helps against, a changed draft, or a
            post that is no draft any more.
    """
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        if post.content_hash != content_hash:
            raise InvalidInput([Problem("reason", "稿件在您查看之后有改动，请重新查看")])
        draft = justify(post.draft, number, reason=reason, by=actor.name)
        needed = permission_for(post.draft.violations[number])
        if needed is not None:
            actor.require(needed)
        if post.state is not PostState.DRAFT:
            raise InvalidInput([Problem("reason", "稿件已不是草稿，请先退回，再说明检查结果")])
        saved = replace(post, draft=draft)
        uow.posts.save(saved)
        uow.audit.write(
            actor=actor.name,
            action="post.finding_justified",
            object_kind="post",
            object_id=post_id,
            details={"rule": draft.violations[number].rule, "content_hash": content_hash},
        )
        uow.commit()
    return saved
