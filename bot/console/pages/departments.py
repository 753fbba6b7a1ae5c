"""部门: the tree of departments through reorganisations (机构改革), with days."""

from collections.abc import Iterator, Sequence
from datetime import date

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.department import Department
from bot.domain.errors import InvalidInput, NotFound, Problem, Refusal
from bot.domain.ids import DepartmentId
from bot.domain.permissions import Permission
from bot.usecases.cases.departments import add_department, end_department

_SAID = {
    "added": "部门已登记",
    "ended": "已登记撤并；之后交给它的办理件转给接续的部门，原来的记录不变",
}


def show_departments(visit: Visit) -> Response:
    """The tree, those that have ended last."""
    visit.actor.require(Permission.MANAGE_PEOPLE)
    return _shown(visit)


def add(visit: Visit) -> Response:
    """Enter a department from a day on."""
    given = visit.fields
    try:
        department = Department(
            DepartmentId(visit.tools.ids.new("dpt")),
            given.get("name", "").strip(),
            _day(visit, "since"),
            parent=DepartmentId(given["parent"]) if given.get("parent") else None,
        )
        add_department(department, actor=visit.actor, storage=visit.tools.storage)
    except Refusal as refusal:
        return _refused(visit, refusal)
    return back_to("/departments", done="added")


def end(visit: Visit) -> Response:
    """A department ends on a day; its successor takes over."""
    successor = visit.fields.get("successor", "")
    try:
        end_department(
            DepartmentId(visit.named("department")),
            until=_day(visit, "until"),
            successor=DepartmentId(successor) if successor else None,
            actor=visit.actor,
            storage=visit.tools.storage,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(visit, refusal)
    return back_to("/departments", done="ended")


def _refused(visit: Visit, refusal: Refusal) -> Response:
    visit.actor.require(Permission.MANAGE_PEOPLE)
    return _shown(visit, refusal)


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    today = visit.tools.clock.now().astimezone(BEIJING).date()
    with visit.tools.storage.look() as uow:
        departments = uow.departments.all()
        people = uow.people.users()
    working = {d.id: sum(p.department == d.id and p.enabled for p in people) for d in departments}
    return page(
        visit,
        "departments.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else _SAID.get(visit.asked("done"), ""),
        tree=list(_tree(departments)),
        names={one.id: one.name for one in departments},
        there=[one for one in departments if one.until is None or one.until >= today],
        working=working,
        today=today,
        tried=visit.request.path_params.get("department", "") if refusal else "",
    )


def _tree(departments: Sequence[Department]) -> Iterator[tuple[int, Department]]:
    """Each with its depth, parents before children; what has no parent here is at the top."""
    known = {one.id for one in departments}

    def below(parent: DepartmentId | None, depth: int) -> Iterator[tuple[int, Department]]:
        for one in departments:
            if one.parent == parent or (parent is None and one.parent not in known):
                yield depth, one
                yield from below(one.id, depth + 1)

    yield from below(None, 0)


def _day(visit: Visit, field: str) -> date:
    try:
        return date.fromisoformat(visit.fields.get(field, ""))
    except ValueError:
        raise InvalidInput([Problem(field, "请选择日期")]) from None
