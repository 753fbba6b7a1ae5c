"""修改密码, and where one is signed in oneself."""

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.errors import InvalidInput, Problem, Refusal
from bot.domain.passwords import SHORTEST_PASSWORD
from bot.usecases.people.change_password import change_password
from bot.usecases.people.sessions import end_sessions, see_sessions

_SAID = {
    "changed": "密码已修改，其他地方的登录已退出",
    "signed-out": "其他地方的登录已退出",
}


def show_password(visit: Visit) -> Response:
    """The form; whoever has a first password sees nothing else."""
    return _shown(visit)


def change(visit: Visit) -> Response:
    """Change it; a refusal shows the form again, empty, since passwords are kept nowhere."""
    new = visit.fields.get("password", "")
    try:
        if new != visit.fields.get("again", ""):
            raise InvalidInput([Problem("again", "两次输入的新密码不一样，请重新输入")])
        change_password(
            visit.session,
            visit.fields.get("old", ""),
            new,
            storage=visit.tools.storage,
            passwords=visit.tools.passwords,
        )
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to("/password", done="changed")


def sign_out_elsewhere(visit: Visit) -> Response:
    """End one's other sessions."""
    end_sessions(
        visit.user.login,
        actor=visit.actor,
        storage=visit.tools.storage,
        but=visit.session.key_hash,
    )
    return back_to("/password", done="signed-out")


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    sessions = see_sessions(visit.user.login, actor=visit.actor, storage=visit.tools.storage)
    return page(
        visit,
        "password.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else _SAID.get(visit.asked("done"), ""),
        shortest=SHORTEST_PASSWORD,
        sessions=sessions,
        here=visit.session.key_hash,
    )
