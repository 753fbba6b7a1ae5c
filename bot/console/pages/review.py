"""审核: what waits to be read, and one post to read: preview, differences, findings, decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.doing import Refused, carry_out
from bot.console.findings import findings_of
from bot.console.refusals import Fault, faults_of, status_of
from bot.console.review.record import record_of
from bot.console.review.waiting import waiting_for
from bot.console.visit import Visit
from bot.console.words.states import standing
from bot.domain.accounts.account import Account
from bot.domain.errors import NotAllowed
from bot.domain.ids import PostId
from bot.domain.permissions import STEP_PERMISSIONS, Actor, Permission
from bot.domain.posts.differences import Difference, differences
from bot.domain.posts.draft import title_of
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import STEP_NAMES, ReviewStep
from bot.domain.posts.review_log import DECISIONS, ReviewEntry
from bot.domain.posts.signing import require_fresh_eyes
from bot.domain.releases.release import Release
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.review_post import approve_post, comment_on_post, return_post
from bot.usecases.posts.take_seat import take_seat

_SAID = {
    "return": "已退回撰稿人，改好并重新通过审核之前不会发出",
    "comment": "意见已记下，撰稿人和审核人都会看到",
}


@dataclass(frozen=True)
class _Seat:
    """The open step and whether this person may take it; `in_place_of` is a login."""

    step: ReviewStep
    in_place_of: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class _Read:
    post: Post
    account: Account
    release: Release
    log: Sequence[ReviewEntry]
    seat: _Seat | None
    in_place_of: str
    changes: Sequence[Difference]
    last: str


def list_reviews(visit: Visit) -> Response:
    """What waits for me first, then everything else that is being read."""
    mine = waiting_for(visit)
    everything = visit.tools.overview.posts(states=(PostState.IN_REVIEW,), limit=100)
    known = {one.row.id for one in mine}
    return page(
        visit,
        "reviews.html.j2",
        mine=mine,
        others=[row for row in everything if row.id not in known],
        step_names=STEP_NAMES,
    )


def show_review(visit: Visit) -> Response:
    """One post to read and decide on."""
    return _shown(visit)


def do_deed(visit: Visit) -> Response:
    """Take the step, return the post, or say something; a refusal keeps what was written."""
    post = PostId(visit.named("post"))
    return carry_out(
        visit,
        post,
        _DOING,
        again=_shown,
        then=lambda done, _: back_to(f"/review/{post}", done=done),
    )


def _shown(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    with visit.tools.storage.look() as uow:
        read = _read(uow, PostId(visit.named("post")), visit.actor)
    post = read.post
    return page(
        visit,
        "review.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=_faults(refusal),
        tried=tried,
        said="" if refusal else _said(visit.asked("done"), post),
        post=post,
        read=read,
        account=read.account,
        release=read.release,
        record=record_of(post, read.log, visit.names),
        title=title_of(post.draft.content),
        word=standing(post.state, None),
        findings=findings_of(post, visit.actor),
        step_name=STEP_NAMES[read.seat.step] if read.seat else "",
        after=_after(post),
        may_comment=any(
            visit.may(one) for one in (Permission.WRITE_POST, *STEP_PERMISSIONS.values())
        ),
    )


def _faults(refusal: Refused | None) -> Sequence[Fault]:
    return faults_of(refusal) if refusal else ()


def _said(done: str, post: Post) -> str:
    if done != "approve":
        return _SAID.get(done, "")
    if post.state is PostState.IN_REVIEW and post.next_step:
        return f"已通过，接下来等待{STEP_NAMES[post.next_step]}"
    return "已通过全部审核，可以定时发布了"


def _after(post: Post) -> str:
    """What taking the open step leads to."""
    step = post.next_step
    following = post.steps[post.steps.index(step) + 1 :] if step in post.steps else ()
    return f"通过后交{STEP_NAMES[following[0]]}" if following else "通过后就可以定时发布"


def _read(uow: UnitOfWork, post_id: PostId, actor: Actor) -> _Read:
    post = uow.posts.get(post_id)
    seat = _seat(uow, post, actor) if post.state is PostState.IN_REVIEW else None
    changes, last = _changes(uow, post)
    return _Read(
        post=post,
        account=uow.accounts.get(post.account),
        release=uow.releases.get(post.release),
        log=uow.reviews.of_post(post.id),
        seat=seat,
        in_place_of=seat.in_place_of if seat else "",
        changes=changes,
        last=last,
    )


def _seat(uow: UnitOfWork, post: Post, actor: Actor) -> _Seat | None:
    step = post.next_step
    if step is None:
        return None
    try:
        in_place_of = take_seat(uow, post, step, actor)
        require_fresh_eyes(post, frozenset({actor.name, in_place_of} - {""}))
    except NotAllowed as refusal:
        return _Seat(step, refusal=str(refusal))
    return _Seat(step, in_place_of)


def _changes(uow: UnitOfWork, post: Post) -> tuple[Sequence[Difference], str]:
    """What is different from the words that somebody decided upon last, and which they were."""
    decided = [one for one in uow.reviews.of_post(post.id) if one.event in DECISIONS]
    if not decided or decided[-1].content_hash == post.content_hash:
        return (), ""
    last = decided[-1]
    former = uow.revisions.with_hash(post.id, last.content_hash)
    if former is None:
        return (), ""
    return differences(former.draft.content, post.draft.content), f"第 {last.revision} 稿"


def _approve(visit: Visit, post: PostId) -> None:
    given = visit.fields.get("step", "")
    approve_post(
        post,
        content_hash=visit.fields.get("content_hash", ""),
        actor=visit.actor,
        storage=visit.tools.storage,
        comment=visit.fields.get("comment", ""),
        step=ReviewStep(given) if given in set(ReviewStep) else None,
    )


def _return(visit: Visit, post: PostId) -> None:
    reason = visit.fields.get("reason", "").strip()
    return_post(post, reason=reason, actor=visit.actor, tools=visit.tools.posts)


def _comment(visit: Visit, post: PostId) -> None:
    said = visit.fields.get("comment", "")
    comment_on_post(post, said, actor=visit.actor, storage=visit.tools.storage)


_DOING: Mapping[str, Callable[[Visit, PostId], None]] = {
    "approve": _approve,
    "return": _return,
    "comment": _comment,
}
