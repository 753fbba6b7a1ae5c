"""Submitting, approving and returning posts: four eyes on exactly what will be sent."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, NotAllowed, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.releases.fast_lane import require_second_person
from bot.domain.releases.release import Release
from bot.domain.states import move
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.take_back import take_back
from bot.usecases.posts.tools import PostTools


def submit_post(post_id: PostId, *, actor: Actor, storage: Storage) -> Post:
    """Hand a draft to review.

    Raises:
        NotAllowed, NotFound, IllegalMove.
        InvalidInput: blocking violations, each with its next step.
    """
    actor.require(Permission.WRITE_POST)
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        _require_sendable(post)
        state = move("稿件", POST_MOVES, post.state, PostState.IN_REVIEW)
        return _saved(uow, replace(post, state=state, submitted_by=actor.name), actor, "submitted")


def approve_post(post_id: PostId, *, content_hash: str, actor: Actor, storage: Storage) -> Post:
    """Approve what the reviewer saw: `content_hash` must still be the post's.

    Raises:
        NotAllowed: the actor may not approve, or submitted it; of an emergency, approved the
            release as well.
        InvalidInput: the post changed since it was shown.
    """
    actor.require(Permission.APPROVE_POST)
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        if post.submitted_by == actor.name:
            raise NotAllowed("提交人不能审核自己的稿件，请换一位审核人")
        if post.emergency:
            require_second_reader(uow, uow.releases.get(post.release), actor)
        if post.content_hash != content_hash:
            raise InvalidInput(
                [Problem("content_hash", "稿件在您查看之后有改动，请重新查看再审核")]
            )
        _require_sendable(post)
        state = move("稿件", POST_MOVES, post.state, PostState.APPROVED)
        approved = replace(post, state=state, approved_hash=content_hash, approved_by=actor.name)
        return _saved(uow, approved, actor, "approved")


def require_second_reader(uow: UnitOfWork, release: Release, actor: Actor) -> None:
    """Of an emergency no rule and no hurry makes one person enough.

    Raises:
        NotAllowed: the actor, by login or by name, approved the release.
    """
    user = uow.people.by_login(actor.name)
    require_second_person(release, [actor.name, *([user.name] if user else [])])


def return_post(post_id: PostId, *, reason: str, actor: Actor, tools: PostTools) -> Post:
    """Send a post back to its writer, saying why; also one that the platform refused. What would
    have brought it out is cancelled: submitted, approved and scheduled again it starts anew.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason is given.
        IllegalMove: the post is on its way, is over, or may be public.
    """
    actor.require(Permission.APPROVE_POST)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明退回的原因")])
    with tools.storage.begin() as uow:
        post = uow.posts.get(post_id)
        account = uow.accounts.get(post.account)
        move("稿件", POST_MOVES, post.state, PostState.DRAFT)
        taken = take_back(uow, post, tools.adapters[account.platform].route(account))
        return _saved(uow, replace(taken, hold_reason=reason), actor, "returned")


def _require_sendable(post: Post) -> None:
    problems = [
        Problem(violation.place or violation.rule, violation.message)
        for violation in post.draft.violations
        if violation.is_in_the_way
    ]
    if problems:
        raise InvalidInput(problems)


def _saved(uow: UnitOfWork, post: Post, actor: Actor, verb: str) -> Post:
    uow.posts.save(post)
    uow.audit.write(
        actor=actor.name,
        action=f"post.{verb}",
        object_kind="post",
        object_id=post.id,
        details={"content_hash": post.content_hash, "revision": str(post.revision)},
    )
    uow.commit()
    return post
