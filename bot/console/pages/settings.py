"""设置: who I am and may do; for those who manage people, the way to them, and the tokens."""

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.forms import local_path
from bot.console.large_type import remember
from bot.console.visit import Visit
from bot.console.words.names import NAMES
from bot.domain.people import Role
from bot.domain.permissions import Permission


def show_settings(visit: Visit) -> Response:
    """Tokens are a list only; they are issued at the command line."""
    manages = visit.may(Permission.MANAGE_PEOPLE)
    with visit.tools.storage.look() as uow:
        people = uow.people.users() if manages else ()
        tokens = uow.people.tokens() if manages else ()
    return page(
        visit,
        "settings.html.j2",
        people_count=sum(person.enabled for person in people),
        tokens=tokens,
        manages=manages,
        roles=NAMES[Role],
    )


def choose_type(visit: Visit) -> Response:
    """大字 on or off, and back to where it was asked for."""
    answer = back_to(local_path(visit.fields.get("back", "/")))
    remember(answer, large=visit.fields.get("large") == "1", is_https=visit.tools.is_https)
    return answer
