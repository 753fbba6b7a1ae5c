"""Answers to a visit: a whole page in its frame, a part of one, or a step back to a page."""

from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.pending import pending_work
from bot.console.visit import Visit


def page(visit: Visit, template: str, *, status: int = 200, **context: Any) -> Response:
    """The page in its frame: who is here, what waits for them, whether everything is stopped."""
    frame = {
        "user": visit.user,
        "may": visit.may,
        "csrf": visit.session.csrf,
        "path": visit.request.url.path,
        "pending": pending_work(visit),
        "stopped": why_stopped(visit),
        "done": visit.asked("done"),
        "faults": (),
        "fields": visit.fields,
    }
    return HTMLResponse(visit.drawing.draw(template, frame | context), status_code=status)


def part(visit: Visit, template: str, **context: Any) -> Response:
    """A part of a page, for htmx to put in place."""
    drawn = visit.drawing.draw(template, {"may": visit.may, "csrf": visit.session.csrf} | context)
    return HTMLResponse(drawn, headers={"vary": "HX-Request"})


def back_to(address: str, *, done: str = "") -> Response:
    """Send the browser to a page, which says what was done."""
    return RedirectResponse(f"{address}?done={done}" if done else address, status_code=303)


def why_stopped(visit: Visit) -> tuple[str, str] | None:
    """Who stopped everything and why; None while nothing is stopped."""
    with visit.tools.storage.begin() as uow:
        return uow.stops.why_stopped()
