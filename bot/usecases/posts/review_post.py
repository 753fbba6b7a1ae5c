"""Submitting, reading and returning posts: other eyes on exactly what will be sent."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import STEP_PERMISSIONS, Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.posts.review import ONE_STEP, ReviewStep, Signature
from bot.domain.posts.review_log import LONGEST_COMMENT, ReviewEntry, ReviewEvent
from bot.domain.posts.signing import open_step, sign
from bot.domain.releases.fast_lane import require_second_person
from bot.domain.releases.release import Release
from bot.domain.states import move
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.take_back import take_back
from bot.usecases.posts.take_seat import take_seat
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
        submitted = replace(
            post,
            state=move("稿件", POST_MOVES, post.state, PostState.IN_REVIEW),
            submitted_by=actor.name,
            keeper=post.keeper or actor.name,
            steps=post.steps or ONE_STEP,
            hold_reason="",
        )
        return _saved(uow, submitted, _entry(uow, submitted, ReviewEvent.SUBMITTED, actor))


def approve_post(
    post_id: PostId,
    *,
    content_hash: str,
    actor: Actor,
    storage: Storage,
    comment: str = "",
    step: ReviewStep | None = None,
) -> Post:
    """Take the open step of the review for what the reviewer saw: `content_hash` must still be
    the post's, and `step`, if given, the one that is open. The last step approves the post.

    Raises:
        NotAllowed: the actor may not take it, wrote the post, or took another step; of an
            emergency, approved the release as well.
        IllegalMove: the post is not in review.
        InvalidInput: the post changed since it was shown, or a colleague took the step.
    """
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        opened = open_step(post)
        seat = take_seat(uow, post, opened, actor)
        if post.emergency:
            require_second_reader(uow, uow.releases.get(post.release), actor)
        signature = Signature(
            step or opened, actor.name, uow.now(), content_hash, _comment(comment), seat
        )
        signed = sign(post, signature)
        _require_sendable(post)
        entry = _entry(uow, signed, ReviewEvent.SIGNED, actor)
        told = replace(entry, step=opened, text=signature.comment, on_behalf_of=seat)
        return _saved(uow, signed, told)


def comment_on_post(post_id: PostId, text: str, *, actor: Actor, storage: Storage) -> None:
    """Say something about a post without deciding; writer and reviewers see it.

    Raises:
        NotAllowed: the actor neither writes nor reviews posts.
        NotFound.
        InvalidInput: nothing is said, or too much.
    """
    if not any(actor.may(one) for one in (Permission.WRITE_POST, *STEP_PERMISSIONS.values())):
        actor.require(Permission.WRITE_POST)
    said = _comment(text)
    if not said:
        raise InvalidInput([Problem("comment", "请写下要说的意见")])
    with storage.begin() as uow:
        post = uow.posts.get(post_id)
        _note(uow, post, replace(_entry(uow, post, ReviewEvent.COMMENTED, actor), text=said))
        uow.commit()


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
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明退回的原因")])
    with tools.storage.begin() as uow:
        post = uow.posts.get(post_id)
        step = post.next_step if post.state is PostState.IN_REVIEW else None
        seat = ""
        if step is not None and not actor.may(Permission.APPROVE_POST):
            seat = take_seat(uow, post, step, actor)
        else:
            actor.require(Permission.APPROVE_POST)
        account = uow.accounts.get(post.account)
        move("稿件", POST_MOVES, post.state, PostState.DRAFT)
        taken = take_back(uow, post, tools.adapters[account.platform].route(account))
        entry = _entry(uow, post, ReviewEvent.RETURNED, actor)
        told = replace(entry, step=step, text=reason.strip(), on_behalf_of=seat)
        return _saved(uow, replace(taken, hold_reason=reason), told)


def _require_sendable(post: Post) -> None:
    problems = [
        Problem(violation.place or violation.rule, violation.message)
        for violation in post.draft.violations
        if violation.is_in_the_way
    ]
    if problems:
        raise InvalidInput(problems)


def _comment(text: str) -> str:
    said = text.strip()
    if len(said) > LONGEST_COMMENT:
        raise InvalidInput([Problem("comment", f"意见最多 {LONGEST_COMMENT} 字，请写短一些")])
    return said


def _entry(uow: UnitOfWork, post: Post, event: ReviewEvent, actor: Actor) -> ReviewEntry:
    return ReviewEntry(post.id, event, uow.now(), actor.name, post.content_hash, post.revision)


def _saved(uow: UnitOfWork, post: Post, entry: ReviewEntry) -> Post:
    uow.posts.save(post)
    _note(uow, post, entry)
    uow.commit()
    return post


_VERBS = {ReviewEvent.SIGNED: "approved"}


def _note(uow: UnitOfWork, post: Post, entry: ReviewEntry) -> None:
    """Keep the line, and say in the audit that it was written."""
    uow.reviews.add(entry)
    details = {"content_hash": entry.content_hash, "revision": str(entry.revision)}
    if entry.step is not None:
        details["step"] = entry.step.value
    if entry.on_behalf_of:
        details["on_behalf_of"] = entry.on_behalf_of
    uow.audit.write(
        actor=entry.by,
        action=f"post.{_VERBS.get(entry.event, entry.event.value)}",
        object_kind="post",
        object_id=post.id,
        details=details,
    )
