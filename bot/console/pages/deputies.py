"""代审: who takes whose steps of review, from when to when."""

from datetime import date

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import InvalidInput, NotFound, Problem, Refusal
from bot.domain.ids import DeputyId
from bot.domain.permissions import STEP_PERMISSIONS, Permission
from bot.usecases.people.deputies import end_deputy, name_deputy
from bot.usecases.people.sign_in import actor_of

_SAID = {
    "named": "已委托；对方在这些天可以代为审核，记录里写明“代”",
    "ended": "委托已结束，已经审过的仍然有效",
}


def show_deputies(visit: Visit) -> Response:
    """Those that act or will, and the form for one's own."""
    return _shown(visit)


def name(visit: Visit) -> Response:
    """Name a deputy; a refusal keeps the form."""
    try:
        name_deputy(
            visit.fields.get("deputy", ""),
            since=_day(visit, "since"),
            until=_day(visit, "until"),
            actor=visit.actor,
            storage=visit.tools.storage,
            ids=visit.tools.ids,
            principal=visit.fields.get("principal", ""),
            reason=visit.fields.get("note", ""),
        )
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to("/deputies", done="named")


def end(visit: Visit) -> Response:
    """Take it back before its last day."""
    try:
        end_deputy(DeputyId(visit.named("deputy")), actor=visit.actor, storage=visit.tools.storage)
    except NotFound:
        raise
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to("/deputies", done="ended")


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    today = visit.tools.clock.now().astimezone(BEIJING).date()
    with visit.tools.storage.look() as uow:
        people = [person for person in uow.people.users() if person.enabled]
        named = uow.deputies.not_over(day=today)
    manages = visit.may(Permission.MANAGE_PEOPLE)
    reviewers = [
        person
        for person in people
        if (manages or person.login == visit.user.login)
        and any(map(actor_of(person).may, STEP_PERMISSIONS.values()))
    ]
    return page(
        visit,
        "deputies.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else _SAID.get(visit.asked("done"), ""),
        deputies=named,
        people=people,
        reviewers=reviewers,
        today=today,
        manages=manages,
    )


def _day(visit: Visit, field: str) -> date:
    try:
        return date.fromisoformat(visit.fields.get(field, ""))
    except ValueError:
        raise InvalidInput([Problem(field, "请选择开始和结束的日期")]) from None
