"""公开需求: what people ask for in vain, and what becomes of it."""

from collections.abc import Callable, Mapping, Sequence

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.doing import Refused, carry_out
from bot.console.paging import page_number, take_page
from bot.console.questions.deeds import DEMAND_DEEDS, demand_deeds
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.questions import DEMAND_WORDS
from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import InvalidInput, NotAllowed, NotFound, Problem
from bot.domain.ids import DemandId, DepartmentId, ReleaseId
from bot.domain.personal.masking import mask
from bot.domain.questions.demand import DEMAND_STATE_NAMES, Demand, DemandState
from bot.domain.releases.release import ReleaseState
from bot.ports.question_overview import DemandRow
from bot.usecases.cases.see_cases import confined_to
from bot.usecases.questions.settle_demand import (
    decline_demand,
    publish_demand,
    reopen_demand,
    transfer_demand,
)

PAGE_SIZE = 30
MOST_DOCUMENTS = 10
_S = DemandState
VIEWS = {"": "待处理", _S.TRANSFERRED: "已转起草部门", "settled": "已办结", "all": "全部"}
_STATES: Mapping[str, tuple[DemandState, ...]] = {
    "": (_S.PENDING,),
    _S.TRANSFERRED: (_S.TRANSFERRED,),
    "settled": (_S.PUBLISHED, _S.DECLINED),
    "all": (),
}


def list_demands(visit: Visit) -> Response:
    """The newest first; a contact sees what was given to their department."""
    view, own = visit.asked("view"), _confined(visit)
    if own is not None and "view" not in visit.request.query_params:
        view = "all"
    states = _STATES.get(view, ())

    def fetch(limit: int, offset: int) -> Sequence[DemandRow]:
        return visit.tools.overview.demands(
            states=states, department=own or "", limit=limit, offset=offset
        )

    found = take_page(
        fetch,
        number=page_number(visit.asked("page")),
        size=PAGE_SIZE,
        address="/demands",
        query={"view": view},
    )
    return page(visit, "demands.html.j2", found=found, view=view, views=VIEWS)


def show_demand(visit: Visit) -> Response:
    """One demand, with the released documents that hold its words."""
    return _shown(visit)


def do_deed(visit: Visit) -> Response:
    """Carry out one deed; a refusal shows the page again with what was written."""
    demand = DemandId(visit.named("demand"))
    return carry_out(
        visit,
        demand,
        _DOING,
        again=_shown,
        then=lambda done, _: back_to(f"/demands/{demand}", done=done),
    )


def _shown(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    row, own = visit.tools.overview.demand(visit.named("demand")), _confined(visit)
    if own is not None and row.department_id != own:
        raise NotAllowed("这一条公开需求没有转给您所在的部门，请联系留言专员")
    with visit.tools.storage.look() as uow:
        departments = uow.departments.all()
    today = visit.tools.clock.now().astimezone(BEIJING).date()
    done = DEMAND_DEEDS.get(visit.asked("done"))
    released = ReleaseState.RELEASED
    return page(
        visit,
        "demand.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        tried=tried,
        said=done.done if done else "",
        row=row,
        title=mask(row.words or row.sample) or "已按规定删除",
        word=DEMAND_WORDS[row.state],
        state_name=DEMAND_STATE_NAMES[DemandState(row.state)],
        departments=[each for each in departments if each.exists_on(today)],
        documents=visit.tools.overview.releases(
            search=row.words, state=released, limit=MOST_DOCUMENTS
        )
        if row.words
        else (),
        deeds=demand_deeds(DemandState(row.state), visit.actor),
    )


def _confined(visit: Visit) -> DepartmentId | None:
    with visit.tools.storage.look() as uow:
        return confined_to(uow, visit.actor)


def _written(visit: Visit, field: str) -> str:
    return visit.fields.get(field, "").replace("\r\n", "\n").strip()


def _transfer(visit: Visit, demand: DemandId) -> Demand:
    chosen = visit.fields.get("department", "")
    if not chosen:
        raise InvalidInput([Problem("department", "请选择起草部门")])
    to = DepartmentId(chosen)
    return transfer_demand(demand, to, actor=visit.actor, storage=visit.tools.storage)


def _publish(visit: Visit, demand: DemandId) -> Demand:
    """A document that was found, or the address of its page in the console."""
    given = _written(visit, "address") or visit.fields.get("release", "")
    release = given.partition("?")[0].rstrip("/").rpartition("/")[2]
    if not release:
        raise InvalidInput([Problem("release", "请选择已发布的政策，或者粘贴它在系统里的网址")])
    by = ReleaseId(release)
    try:
        return publish_demand(demand, by, actor=visit.actor, storage=visit.tools.storage)
    except NotFound as gone:
        raise InvalidInput(
            [Problem("address", "没有找到这份政策，请核对它在系统里的网址")]
        ) from gone


def _decline(visit: Visit, demand: DemandId) -> Demand:
    reason = _written(visit, "reason")
    return decline_demand(demand, reason=reason, actor=visit.actor, storage=visit.tools.storage)


def _reopen(visit: Visit, demand: DemandId) -> Demand:
    return reopen_demand(demand, actor=visit.actor, storage=visit.tools.storage)


_DOING: Mapping[str, Callable[[Visit, DemandId], Demand]] = {
    "transfer": _transfer,
    "publish": _publish,
    "decline": _decline,
    "reopen": _reopen,
}
