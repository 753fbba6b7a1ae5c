"""周报: what leaders read on Monday morning, made to be printed."""

from datetime import date
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import page
from bot.console.downloads import download_word
from bot.console.visit import Visit
from bot.domain.errors import NotFound
from bot.domain.topics.brief import Brief
from bot.exports.briefs import export_brief as write_brief

MOST = 26


def list_briefs(visit: Visit) -> Response:
    """The weeks there are."""
    with visit.tools.storage.look() as uow:
        briefs = uow.topics.briefs(limit=MOST)
    return page(visit, "topic_briefs.html.j2", briefs=briefs)


def show_brief(visit: Visit) -> Response:
    """One week."""
    return page(visit, "topic_brief.html.j2", brief=_brief(visit), unit=visit.tools.unit_name)


def export_brief(visit: Visit) -> Response:
    """The week as a document."""
    brief, unit = _brief(visit), visit.tools.unit_name

    def write(path: Path) -> None:
        write_brief(path, brief, unit=unit)

    return download_word(visit, "brief", asked=brief.monday.isoformat(), write=write)


def _brief(visit: Visit) -> Brief:
    asked = visit.named("monday")
    with visit.tools.storage.look() as uow:
        brief = uow.topics.brief(_day(asked))
    if brief is None:
        raise NotFound("周报", asked)
    return brief


def _day(asked: str) -> date:
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise NotFound("周报", asked) from error
