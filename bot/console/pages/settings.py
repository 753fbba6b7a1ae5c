"""设置: who I am and may do; for those who manage people, the way to them, and the tokens."""

from starlette.responses import Response

from bot.console.answering import page
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
