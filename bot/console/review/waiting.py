"""What waits for this person's reading: their own steps, and those of whom they stand in for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.console.errands import Errand
from bot.console.visit import Visit
from bot.console.words.people import PeopleNames
from bot.console.words.states import standing
from bot.domain.permissions import STEP_PERMISSIONS, Actor
from bot.domain.posts.post import PostState
from bot.domain.posts.review import STEP_NAMES, ReviewStep
from bot.ports.overview import PostRow
from bot.usecases.posts.take_seat import principals_of

MOST = 100


@dataclass(frozen=True)
class Waiting:
    """A post whose open step this person may take; `in_place_of` names whom they stand in for."""

    row: PostRow
    step: ReviewStep
    in_place_of: str = ""

    @property
    def step_name(self) -> str:
        """“复审”, or “终审（代陈签发）”."""
        name = STEP_NAMES[self.step]
        return f"{name}（代 {self.in_place_of}）" if self.in_place_of else name


def waiting_for(visit: Visit) -> Sequence[Waiting]:
    """Every post in review whose step is this person's to take, the newest first."""
    with visit.tools.storage.look() as uow:
        principals = principals_of(uow, visit.actor)
    steps = [s for s in ReviewStep if any(_may(one, s) for one in (visit.actor, *principals))]
    if not steps:
        return ()
    rows = visit.tools.overview.posts(states=(PostState.IN_REVIEW,), review_steps=steps, limit=MOST)
    return list(_mine(rows, visit.actor, principals, visit.names))


def review_errands(visit: Visit) -> Iterator[tuple[str, Errand]]:
    """The same as errands, by the post's id."""
    for one in waiting_for(visit):
        row = one.row
        word = replace(standing(row.state, None), text=f"待{STEP_NAMES[one.step]}")
        yield (
            row.id,
            Errand(
                title=row.title,
                address=f"/review/{row.id}",
                word=word,
                place=row.account_name,
                reason=f"等待您{one.step_name}：看过预览，通过或者退回",
                deadline=row.due_at,
            ),
        )


def _mine(
    rows: Sequence[PostRow],
    actor: Actor,
    principals: Sequence[Actor],
    names: PeopleNames,
) -> Iterator[Waiting]:
    for row in rows:
        step = ReviewStep(row.review_step or ReviewStep.SECOND)
        if actor.name in row.involved:
            continue
        if _may(actor, step):
            yield Waiting(row, step)
            continue
        free = [one for one in principals if _may(one, step) and one.name not in row.involved]
        if free:
            yield Waiting(row, step, names(free[0].name))


def _may(actor: Actor, step: ReviewStep) -> bool:
    return actor.may(STEP_PERMISSIONS[step])
