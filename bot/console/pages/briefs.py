"""周报: what leaders read on Monday morning, made to be printed."""

from datetime import date

from starlette.responses import Response

from bot.console.answering import page
from bot.console.visit import Visit
from bot.domain.errors import NotFound

MOST = 26


def list_briefs(visit: Visit) -> Response:
    """The weeks there are."""
    with visit.tools.storage.look() as uow:
        briefs = uow.topics.briefs(limit=MOST)
    return page(visit, "topic_briefs.html.j2", briefs=briefs)


def show_brief(visit: Visit) -> Response:
    """One week."""
    asked = visit.named("monday")
    with visit.tools.storage.look() as uow:
        brief = uow.topics.brief(_day(asked))
    if brief is None:
        raise NotFound("周报", asked)
    return page(visit, "topic_brief.html.j2", brief=brief, unit=visit.tools.unit_name)


def _day(asked: str) -> date:
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise NotFound("周报", asked) from error
