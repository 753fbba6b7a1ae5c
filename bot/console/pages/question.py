"""One question that many ask: who asks it, its one answer, and what people may do with both."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.cases.doing import unsourced_in
from bot.console.doing import Refused, carry_out
from bot.console.forms import ticked_replies
from bot.console.paging import page_number, take_page
from bot.console.questions.deeds import DEEDS, offered, sorting
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.questions import GROUP_WORDS
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.personal.masking import mask
from bot.domain.questions.demand import DEMAND_FROM, DemandKind
from bot.domain.questions.group import GroupState, QuestionGroup
from bot.domain.replies.handling import Handling
from bot.ports.overview import ReplyFilter, ReplyRow
from bot.ports.question_overview import MemberRow
from bot.usecases.cases.see_cases import require_all_sight
from bot.usecases.questions.answer_group import (
    answer_group,
    approve_group_answer,
    asked_in,
    send_back_group_answer,
    take_back_group_answer,
)
from bot.usecases.questions.arrange_groups import join_groups, split_group
from bot.usecases.questions.judge_members import confirm_members, name_group, take_out_members

PAGE_SIZE = 30
MOST_FOUND = 20
MOST_OTHERS = 30
VIEWS = {"": "在这一组", "proposed": "待核对", "confirmed": "已确认", "taken_out": "已移出"}
UNANSWERED = "unanswered"


def show_question(visit: Visit) -> Response:
    """The group as it is now."""
    return _shown(visit)


def do_deed(visit: Visit) -> Response:
    """Carry out one deed; a refusal shows the page again with what was written."""
    return carry_out(
        visit,
        QuestionId(visit.named("question")),
        _DOING,
        again=_shown,
        then=lambda done, after: back_to(f"/questions/{after.id}", done=done),
    )


def _shown(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    id_ = QuestionId(visit.named("question"))
    with visit.tools.storage.look() as uow:
        require_all_sight(uow, visit.actor)
        count = uow.questions.count(id_)
        rules = uow.case_rules.newest()
        demand = uow.demands.of_subject(DemandKind.QUESTION, id_)
        begun = uow.replies.get(uow.questions.begun_with(id_))
    group, done = count.group, DEEDS.get(visit.asked("done"))
    return page(
        visit,
        "question.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        tried=tried,
        said=done.done if done else "",
        group=group,
        count=count,
        title=group.name or mask(begun.incoming.text) or "已按规定删除",
        word=GROUP_WORDS[group.state],
        demand=demand,
        demand_from=rules.demand_from if rules else DEMAND_FROM,
        deeds=offered(group, visit.actor, visit.tools.clock.now()),
        figures=_figures(visit, group) if tried == "answer" else (),
        sorting=sorting(group, visit.actor),
        **_members(visit, group),
        **_others(visit, group),
    )


def _figures(visit: Visit, group: QuestionGroup) -> Sequence[str]:
    """What of the answer that was refused has no source."""
    asked = asked_in(group.id, visit.tools.storage)
    return visit.tools.correspondence.figures(_written(visit, "text"), asked)


def _members(visit: Visit, group: QuestionGroup) -> Mapping[str, Any]:
    view = visit.asked("standing")
    known = view if view in VIEWS else ""
    unanswered = view == UNANSWERED

    def fetch(limit: int, offset: int) -> Sequence[MemberRow]:
        return visit.tools.overview.members(
            group.id, standing=known, unanswered=unanswered, limit=limit, offset=offset
        )

    found = take_page(
        fetch,
        number=page_number(visit.asked("page")),
        size=PAGE_SIZE,
        address=f"/questions/{group.id}",
        query={"standing": view},
    )
    views = dict(VIEWS)
    if group.state in {GroupState.ANSWERING, GroupState.ANSWERED}:
        views[UNANSWERED] = "没有答复到"
    return {"found": found, "views": views, "view": view}


def _others(visit: Visit, group: QuestionGroup) -> Mapping[str, Any]:
    """Other groups that it could be put into, and replies that a search finds to be put in."""
    is_open = group.state is GroupState.OPEN
    asked = visit.asked("q")
    rows = visit.tools.overview.groups(GroupState.OPEN, limit=MOST_OTHERS) if is_open else ()
    return {
        "others": [row for row in rows if row.counted.group.id != group.id],
        "asked": asked,
        "hits": _found(visit, group, asked) if is_open and asked else (),
    }


def _found(visit: Visit, group: QuestionGroup, words: str) -> Sequence[ReplyRow]:
    wanted = ReplyFilter(search=words, handling=Handling.UNANSWERED)
    rows = visit.tools.overview.replies(wanted, limit=MOST_FOUND)
    with visit.tools.storage.look() as uow:
        standing = {row.id: uow.questions.member_of(ReplyId(row.id)) for row in rows}
    return [row for row in rows if (at := standing[row.id]) is None or at.group != group.id]


def _chosen(visit: Visit) -> Sequence[ReplyId]:
    """The replies that were ticked, or all that the page has shown."""
    if visit.fields.get("all"):
        return [ReplyId(each) for each in visit.fields.get("shown", "").split()]
    return ticked_replies(visit.fields)


def _written(visit: Visit, field: str) -> str:
    return visit.fields.get(field, "").replace("\r\n", "\n").strip()


def _upon(visit: Visit) -> dict[str, Any]:
    """By whom, where, and upon which version that was seen; nonsense was never seen."""
    given = visit.fields.get("version", "")
    seen = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
    return {"actor": visit.actor, "storage": visit.tools.storage, "seen": seen}


def _confirm(visit: Visit, group: QuestionId) -> QuestionGroup:
    return confirm_members(group, _chosen(visit), **_upon(visit))


def _take_out(visit: Visit, group: QuestionId) -> QuestionGroup:
    return take_out_members(group, _chosen(visit), **_upon(visit))


def _split(visit: Visit, group: QuestionId) -> QuestionGroup:
    return split_group(group, _chosen(visit), ids=visit.tools.ids, **_upon(visit))


def _name(visit: Visit, group: QuestionId) -> QuestionGroup:
    return name_group(group, _written(visit, "name"), **_upon(visit))


def _join(visit: Visit, group: QuestionId) -> QuestionGroup:
    into = visit.fields.get("into", "")
    if not into:
        raise InvalidInput([Problem("into", "请选择并入哪一组")])
    return join_groups(group, QuestionId(into), ids=visit.tools.ids, **_upon(visit))


def _answer(visit: Visit, group: QuestionId) -> QuestionGroup:
    text, letters = _written(visit, "text"), visit.tools.correspondence
    upon = {name: value for name, value in _upon(visit).items() if name != "storage"}
    return answer_group(group, text, tools=letters, unsourced=unsourced_in(visit), **upon)


def _approve(visit: Visit, group: QuestionId) -> QuestionGroup:
    upon = {name: value for name, value in _upon(visit).items() if name != "storage"}
    return approve_group_answer(group, tools=visit.tools.correspondence, **upon)


def _take_back(visit: Visit, group: QuestionId) -> QuestionGroup:
    return take_back_group_answer(group, **_upon(visit))


def _send_back(visit: Visit, group: QuestionId) -> QuestionGroup:
    return send_back_group_answer(group, reason=_written(visit, "reason"), **_upon(visit))


_DOING: Mapping[str, Callable[[Visit, QuestionId], QuestionGroup]] = {
    "confirm": _confirm,
    "take-out": _take_out,
    "split": _split,
    "name": _name,
    "join": _join,
    "answer": _answer,
    "approve": _approve,
    "take-back": _take_back,
    "send-back": _send_back,
}
