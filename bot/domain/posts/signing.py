"""Taking a step of the review: always by somebody who has had no hand in the post yet."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, NotAllowed, Problem
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.posts.review import STEP_NAMES, ReviewStep, Signature
from bot.domain.states import move

CHANGED = "稿件在您查看之后有改动，请重新查看再审核"


def open_step(post: Post) -> ReviewStep:
    """The step that a post in review waits for.

    Raises:
        IllegalMove: it is not in review.
    """
    move("稿件", POST_MOVES, post.state, PostState.APPROVED)
    return post.next_step or ReviewStep.FINAL


def sign(post: Post, signature: Signature) -> Post:
    """The post with its open step taken; with the last one it is approved.

    Raises:
        IllegalMove: it is not in review.
        NotAllowed: who signs, or who they stand in for, wrote it or took another step.
        InvalidInput: the words have changed since they were shown, or a colleague took the step.
    """
    step = open_step(post)
    require_fresh_eyes(post, signature.people)
    if signature.content_hash != post.content_hash:
        raise InvalidInput([Problem("content_hash", CHANGED)])
    if signature.step is not step:
        said = f"这一步刚刚已有同事完成，现在等待{STEP_NAMES[step]}，请看最新情况"
        raise InvalidInput([Problem("step", said)])
    signed = replace(post, signatures=(*post.signatures, signature))
    if signed.next_step is not None:
        return signed
    return replace(
        signed,
        state=PostState.APPROVED,
        approved_hash=signature.content_hash,
        approved_by=signature.by,
    )


def require_fresh_eyes(post: Post, people: frozenset[str]) -> None:
    """Go on only if none of these people has had a hand in the post.

    Raises:
        NotAllowed: saying who has, and that somebody else is needed.
    """
    if post.submitted_by in people:
        raise NotAllowed("提交人不能审核自己的稿件，请换一位审核人")
    if people & post.writers:
        raise NotAllowed("改过这一稿文字的人不能审核它，请换一位审核人")
    for one in post.signatures:
        if people & one.people:
            done = f"{'、'.join(sorted(people & one.people))} 已经做过{STEP_NAMES[one.step]}"
            raise NotAllowed(f"{done}，每一步要由不同的人来审，请换一位审核人")
