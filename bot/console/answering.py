"""Answers to a visit: a whole page in its frame, a part of one, or a step back to a page."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.errands import Errand
from bot.console.large_type import is_large
from bot.console.pending import pending_work
from bot.console.visit import Visit


def page(visit: Visit, template: str, *, status: int = 200, **context: Any) -> Response:
    """The page in its frame: who is here, how much waits for them, what is stopped.
    Nothing is counted for the page that shows what waits, as `pending`."""
    with visit.tools.storage.look() as uow:
        stopped, deeds = uow.stops.why_stopped(), uow.audit.length()
        unread = uow.personal.unread(visit.user.login)
    frame = {
        "user": visit.user,
        "people_names": visit.names,
        "may": visit.may,
        "csrf": visit.session.csrf,
        "path": visit.request.url.path,
        "reload": _reload(visit),
        "large": is_large(visit.request),
        "waiting": _waiting(visit, deeds, context.get("pending")),
        "unread": unread,
        "stopped": stopped,
        "done": visit.asked("done"),
        "faults": (),
        "fields": visit.fields,
    }
    return HTMLResponse(visit.drawing.draw(template, frame | context), status_code=status)


def _reload(visit: Visit) -> str:
    """Where a reload would lead; of what a form did, to the first page."""
    url = visit.request.url
    if visit.request.method != "GET":
        return "/"
    return f"{url.path}?{url.query}" if url.query else url.path


def part(visit: Visit, template: str, **context: Any) -> Response:
    """A part of a page, for htmx to put in place."""
    given = {"people_names": visit.names, "may": visit.may, "csrf": visit.session.csrf}
    drawn = visit.drawing.draw(template, given | context)
    return HTMLResponse(drawn, headers={"vary": "HX-Request"})


def back_to(address: str, *, done: str = "") -> Response:
    """Send the browser to a page, which says what was done."""
    return RedirectResponse(f"{address}?done={done}" if done else address, status_code=303)


def _waiting(visit: Visit, deeds: int, pending: Sequence[Errand] | None) -> int:
    login = visit.user.login
    if pending is not None:
        return visit.tallies.note(login, deeds=deeds, number=len(pending))
    return visit.tallies.of(login, deeds=deeds, count=lambda: len(pending_work(visit)))
