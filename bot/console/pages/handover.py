"""交接: everything one person holds, seen beforehand, goes to another in one action."""

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.states import standing
from bot.domain.cases.case import STATE_NAMES
from bot.domain.errors import NotFound, Refusal
from bot.domain.posts.draft import title_of
from bot.usecases.people.change_user import user_named
from bot.usecases.people.hand_over import hand_over, see_holdings


def show_handover(visit: Visit) -> Response:
    """What would go, and to whom."""
    return _shown(visit)


def do_hand_over(visit: Visit) -> Response:
    """Hand it over; a refusal keeps the note."""
    login = visit.named("login")
    try:
        hand_over(
            login,
            visit.fields.get("taker", ""),
            note=visit.fields.get("note", ""),
            actor=visit.actor,
            storage=visit.tools.storage,
            ids=visit.tools.ids,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to(f"/people/{login}/handover", done="handed-over")


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    login = visit.named("login")
    held = see_holdings(login, actor=visit.actor, storage=visit.tools.storage)
    with visit.tools.storage.look() as uow:
        person = user_named(uow, login)
        people = [one for one in uow.people.users() if one.enabled and one.id != person.id]
        done = uow.people.handovers_of(login)
    return page(
        visit,
        "handover.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal or not visit.asked("done") else "已交接，双方都能在这里看到说明",
        person=person,
        held=held,
        posts=[(one, title_of(one.draft.content), standing(one.state, None)) for one in held.posts],
        case_states=STATE_NAMES,
        people=people,
        handovers=done,
    )
