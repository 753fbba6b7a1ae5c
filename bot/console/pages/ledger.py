"""公开台账: what the office made public, what was applied for, and what hardly anybody read."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import page
from bot.console.downloads import download, download_masked
from bot.console.visit import Visit
from bot.console.words.times import beijing_date
from bot.domain.cases.case import STATE_NAMES
from bot.domain.ids import DepartmentId
from bot.domain.questions.demand import DemandState
from bot.domain.statistics.ledger import (
    SETTLED_DAYS,
    ApplicationLine,
    LedgerLine,
    low_interest,
    usual_readers,
)
from bot.exports.ledger import export_applications, export_ledger
from bot.usecases.cases.see_cases import confined_to

PUBLISHED, APPLIED, LOW = "", "applied", "low"
VIEWS: Mapping[str, str] = {PUBLISHED: "公开了什么", APPLIED: "依申请公开", LOW: "低关注"}
SPANS = (30, 90, 365)
USUAL_SPAN = 90
MOST_SHOWN, MOST_READ = 100, 2000
MOST_DEMANDS = 50


def show_ledger(visit: Visit) -> Response:
    """One of the three lists, of the last days."""
    view, days = _view(visit.asked("view")), _days(visit.asked("days"))
    # Of what is only listed no more is read than is shown; what is usual takes all of it.
    most = MOST_READ if view == LOW else MOST_SHOWN + 1
    lines = _read(visit, days, most) if view != APPLIED else ()
    published = low_interest(lines, beijing_date(visit.tools.clock.now())) if view == LOW else lines
    applied = _applied(visit, view, days, MOST_SHOWN + 1)
    waiting = visit.tools.overview.demands(states=(DemandState.PENDING,), limit=MOST_DEMANDS)
    return page(
        visit,
        "ledger.html.j2",
        view=view,
        views=VIEWS,
        days=days,
        spans=SPANS,
        published=published[:MOST_SHOWN],
        applied=applied[:MOST_SHOWN],
        is_cut=max(len(published), len(applied)) > MOST_SHOWN,
        most_shown=MOST_SHOWN,
        settled_days=SETTLED_DAYS,
        usual=usual_readers(lines) if view == LOW else None,
        demands=len(waiting),
        most_demands=MOST_DEMANDS,
        states=STATE_NAMES,
    )


def export(visit: Visit) -> Response:
    """The whole list as a file; the words of applications are masked."""
    view, days = _view(visit.fields.get("view", "")), _days(visit.fields.get("days", ""))
    asked, now = f"{view or 'published'} {days}", visit.tools.clock.now()
    if view == APPLIED:
        applied = _applied(visit, view, days, MOST_READ)

        def write_applied(path: Path, _unmasked: bool) -> None:
            export_applications(path, applied, now=now)

        return download_masked(visit, "applications", asked=asked, write=write_applied)
    lines = _read(visit, days, MOST_READ)
    published = low_interest(lines, beijing_date(now)) if view == LOW else lines

    def write(path: Path) -> None:
        export_ledger(path, published)

    return download(visit, "ledger", asked=asked, write=write)


def _read(visit: Visit, days: int, most: int) -> Sequence[LedgerLine]:
    since = visit.tools.clock.now() - timedelta(days=days)
    return visit.tools.overview.ledger(since=since, limit=most)


def _applied(visit: Visit, view: str, days: int, most: int) -> Sequence[ApplicationLine]:
    """A contact sees those of their own department."""
    if view != APPLIED:
        return ()
    since = visit.tools.clock.now() - timedelta(days=days)
    return visit.tools.overview.applications(since=since, department=_confined(visit), limit=most)


def _confined(visit: Visit) -> DepartmentId | None:
    with visit.tools.storage.look() as uow:
        return confined_to(uow, visit.actor)


def _view(asked: str) -> str:
    return asked if asked in VIEWS else PUBLISHED


def _days(asked: str) -> int:
    return next((span for span in SPANS if str(span) == asked), USUAL_SPAN)
