"""人员: who may sign in, what they may do, where they are signed in; for who manages people."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.doing import Refused, carry_out
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.names import NAMES
from bot.console.words.roles import roles_told
from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import NotFound, Refusal
from bot.domain.ids import DepartmentId
from bot.domain.people import Role
from bot.domain.permissions import Permission
from bot.usecases.cases.departments import place_user
from bot.usecases.people.add_user import add_user, first_password
from bot.usecases.people.change_password import reset_password
from bot.usecases.people.change_user import set_enabled, set_roles, user_named
from bot.usecases.people.sessions import end_sessions, see_sessions
from bot.usecases.people.sign_on import bind_subject

PEOPLE_A_PAGE = 50
_ROLE_FIELD = "role-"
_SAID = {
    "roles": "角色已调整，对方打开下一页时生效",
    "disable": "已停用，对方已从各处退出；手上的工作请办理交接",
    "enable": "已恢复，可以登录",
    "place": "部门已调整",
    "sign-out": "已让对方从各处退出",
    "bind": "已保存统一身份认证的绑定，对方已从各处退出",
}


def list_people(visit: Visit) -> Response:
    """Everybody, and the form for a new colleague."""
    visit.actor.require(Permission.MANAGE_PEOPLE)
    return _listed(visit)


def add(visit: Visit) -> Response:
    """Add a colleague; their first password is shown once, here."""
    password = first_password()
    try:
        user = add_user(
            visit.fields.get("login", ""),
            visit.fields.get("name", ""),
            password,
            _roles(visit),
            actor=visit.actor,
            storage=visit.tools.storage,
            passwords=visit.tools.passwords,
            ids=visit.tools.ids,
            must_change_password=True,
        )
    except Refusal as refusal:
        visit.actor.require(Permission.MANAGE_PEOPLE)
        return _listed(visit, refusal)
    return _told(visit, user.login, password)


def show_person(visit: Visit) -> Response:
    """One colleague."""
    return _person(visit)


def do_deed(visit: Visit) -> Response:
    """Roles, access, department, password, sessions; a refusal shows the page again."""
    login = visit.named("login")

    def then(done: str, password: str | None) -> Response:
        return _told(visit, login, password) if password else back_to(f"/people/{login}", done=done)

    return carry_out(visit, login, _DOING, again=_person, then=then)


def _told(visit: Visit, login: str, password: str) -> Response:
    with visit.tools.storage.look() as uow:
        user = user_named(uow, login)
    return page(visit, "first_password.html.j2", person=user, password=password)


def _listed(visit: Visit, refusal: Refusal | None = None) -> Response:
    with visit.tools.storage.look() as uow:
        people = uow.people.users()
        departments = {one.id: one.name for one in uow.departments.all()}
    wanted = visit.asked("q")
    found = [one for one in people if wanted in one.name or wanted in one.login]
    asked = visit.asked("page")
    number = max(1, int(asked)) if asked.isascii() and asked.isdigit() else 1
    first = (number - 1) * PEOPLE_A_PAGE
    return page(
        visit,
        "people.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        people=sorted(found, key=lambda one: (not one.enabled, one.login))[
            first : first + PEOPLE_A_PAGE
        ],
        total=len(found),
        number=number,
        pages=(len(found) + PEOPLE_A_PAGE - 1) // PEOPLE_A_PAGE,
        wanted=wanted,
        departments=departments,
        role_names=NAMES[Role],
        roles=roles_told(),
        chosen=_roles(visit),
    )


def _person(visit: Visit, refusal: Refused | None = None, _tried: str = "") -> Response:
    visit.actor.require(Permission.MANAGE_PEOPLE)
    login = visit.named("login")
    sessions = see_sessions(login, actor=visit.actor, storage=visit.tools.storage)
    today = visit.tools.clock.now().astimezone(BEIJING).date()
    with visit.tools.storage.look() as uow:
        person = user_named(uow, login)
        departments = [one for one in uow.departments.all() if one.exists_on(today)]
        handovers = uow.people.handovers_of(login)
    return page(
        visit,
        "person.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else _SAID.get(visit.asked("done"), ""),
        person=person,
        is_me=person.id == visit.user.id,
        here=visit.session.key_hash,
        sign_on=visit.tools.sign_on,
        sessions=sessions,
        departments=departments,
        handovers=handovers,
        roles=roles_told(),
    )


def _roles(visit: Visit) -> frozenset[Role]:
    return frozenset(role for role in Role if visit.fields.get(f"{_ROLE_FIELD}{role}"))


def _reset(visit: Visit, login: str) -> str:
    return reset_password(
        login,
        actor=visit.actor,
        storage=visit.tools.storage,
        passwords=visit.tools.passwords,
    )


def _set_roles(visit: Visit, login: str) -> None:
    set_roles(login, _roles(visit), actor=visit.actor, storage=visit.tools.storage)


def _disable(visit: Visit, login: str) -> None:
    set_enabled(login, False, actor=visit.actor, storage=visit.tools.storage)


def _enable(visit: Visit, login: str) -> None:
    set_enabled(login, True, actor=visit.actor, storage=visit.tools.storage)


def _place(visit: Visit, login: str) -> None:
    chosen = visit.fields.get("department", "")
    to = DepartmentId(chosen) if chosen else None
    place_user(login, to, actor=visit.actor, storage=visit.tools.storage)


def _bind(visit: Visit, login: str) -> None:
    if visit.tools.sign_on is None:
        raise NotFound("操作", "bind")
    bind_subject(
        login,
        visit.fields.get("subject", ""),
        issuer=visit.tools.sign_on.issuer,
        actor=visit.actor,
        storage=visit.tools.storage,
    )


def _sign_out(visit: Visit, login: str) -> None:
    end_sessions(login, actor=visit.actor, storage=visit.tools.storage)


_DOING: Mapping[str, Callable[[Visit, str], str | None]] = {
    "reset": _reset,
    "roles": _set_roles,
    "disable": _disable,
    "enable": _enable,
    "place": _place,
    "sign-out": _sign_out,
    "bind": _bind,
}
