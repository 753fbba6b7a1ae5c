"""改时间: what another time would mean, for one post or for all that go out with it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from bot.console.answering import page, part
from bot.console.calendar_days import view_of
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.times import as_input, beijing_date, from_input, read_time
from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.ids import PostId
from bot.domain.posts.review import STEP_NAMES
from bot.usecases.posts.foresee_move import ForeseenMove, foresee_move
from bot.usecases.posts.move_together import ForeseenTogether, foresee_together, move_together
from bot.usecases.posts.schedule_post import schedule_post

_PARTS = {False: "parts/move.html.j2", True: "parts/move_together.html.j2"}


@dataclass(frozen=True)
class _Asked:
    """Which time, and for which posts: the one, or all that go out with it."""

    post: PostId
    written: str
    together: bool


def ask_to_move(visit: Visit) -> Response:
    """What another time (`?at=`) would mean, with `together=1` for all posts of the rollout;
    nothing is changed yet. As a part for the dialog, or as a page of its own."""
    return _shown(visit, _Asked(_post(visit), visit.asked("at"), visit.asked("together") == "1"))


def move_post(visit: Visit) -> Response:
    """Give the post, or all of its rollout, the new time, and go to where it is now."""
    together = visit.fields.get("together", "") == "1"
    asked = _Asked(_post(visit), visit.fields.get("at", ""), together)
    try:
        at = from_input(asked.written)
        moved = _move(visit, asked, at)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _shown(visit, asked, refusal=refusal)
    view = view_of(visit.fields.get("view", ""))
    query = {"view": view.value, "day": beijing_date(at).isoformat(), "moved": as_input(at)}
    if together:
        query["together"] = str(moved)
    if account := visit.fields.get("account", ""):
        query["account"] = account
    return RedirectResponse(f"/calendar?{urlencode(query)}", status_code=303)


def _move(visit: Visit, asked: _Asked, at: datetime) -> int:
    """How many posts were moved."""
    tools = visit.tools
    if asked.together:
        with tools.storage.look() as uow:
            rollout = uow.posts.get(asked.post).rollout
        seen = [PostId(one) for one in visit.fields.get("seen", "").split()]
        return len(
            move_together(
                rollout,
                at=at,
                seen=seen,
                actor=visit.actor,
                storage=tools.storage,
                ids=tools.ids,
            )
        )
    schedule_post(
        asked.post,
        at=at,
        actor=visit.actor,
        storage=tools.storage,
        ids=tools.ids,
        emergency=visit.fields.get("emergency") == "1",
    )
    return 1


def _post(visit: Visit) -> PostId:
    return PostId(visit.named("post"))


def _shown(visit: Visit, asked: _Asked, *, refusal: Refusal | None = None) -> Response:
    at, problem = read_time(asked.written)
    storage = visit.tools.storage
    foreseen = foresee_move(asked.post, at, actor=visit.actor, storage=storage)
    together = foresee_together(
        foreseen.post.rollout,
        at if asked.together else None,
        actor=visit.actor,
        storage=storage,
    )
    due_at = foreseen.due_at
    shown = {
        "foreseen": foreseen,
        "together": together,
        "is_together": asked.together,
        "has_choice": _has_choice(foreseen, together),
        "part": _PARTS[asked.together],
        "at": at,
        "problem": problem,
        "written": asked.written or (as_input(due_at) if due_at else ""),
        "view": view_of(_kept(visit, "view")),
        "account": _kept(visit, "account"),
        "work": visit.tools.work_calendar,
        "step_names": STEP_NAMES,
        "faults": faults_of(refusal) if refusal else (),
    }
    if visit.is_partial:
        return part(visit, _PARTS[asked.together], **shown)
    status = status_of(refusal) if refusal else 200
    return page(visit, "move.html.j2", status=status, **shown)


def _has_choice(foreseen: ForeseenMove, together: ForeseenTogether) -> bool:
    """Whether there is more than this one post to move."""
    return any(one.post.id != foreseen.post.id for one in together.members)


def _kept(visit: Visit, name: str) -> str:
    return visit.fields.get(name, "") or visit.asked(name)
