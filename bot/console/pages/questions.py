"""同问: questions that many ask, the largest or the fastest growing first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import page, part
from bot.console.paging import page_number, take_page
from bot.console.visit import Visit
from bot.domain.questions.group import GROUP_STATE_NAMES, GroupState
from bot.ports.question_overview import GroupOrder, GroupRow
from bot.usecases.cases.see_cases import require_all_sight

PAGE_SIZE = 30
_S = GroupState


@dataclass(frozen=True)
class GroupView:
    """One view of the list, and how many of it somebody must act upon."""

    name: str
    label: str
    state: GroupState
    order: GroupOrder = GroupOrder.SIZE
    count: int = 0


def list_questions(visit: Visit) -> Response:
    """The groups of one view."""
    with visit.tools.storage.look() as uow:
        require_all_sight(uow, visit.actor)
    views = _views(visit.tools.overview.group_counts())
    view = next((one for one in views if one.name == visit.asked("view")), views[0])

    def fetch(limit: int, offset: int) -> Sequence[GroupRow]:
        return visit.tools.overview.groups(view.state, order=view.order, limit=limit, offset=offset)

    found = take_page(
        fetch,
        number=page_number(visit.asked("page")),
        size=PAGE_SIZE,
        address="/questions",
        query={"view": view.name},
    )
    if visit.is_partial:
        return part(visit, "parts/question_list.html.j2", found=found, view=view)
    return page(visit, "questions.html.j2", found=found, view=view, views=views)


def _views(counts: Mapping[str, int]) -> Sequence[GroupView]:
    def named(name: str, state: GroupState, *, acts: bool = False) -> GroupView:
        count = counts.get(state, 0) if acts else 0
        return GroupView(name, GROUP_STATE_NAMES[state], state, count=count)

    return [
        GroupView("", "问的人最多", _S.OPEN, count=counts.get(_S.OPEN, 0)),
        GroupView("growth", "24 小时增长最快", _S.OPEN, GroupOrder.GROWTH),
        named("review", _S.IN_REVIEW, acts=True),
        named("answering", _S.ANSWERING),
        named("answered", _S.ANSWERED),
    ]
