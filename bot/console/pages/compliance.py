"""制度执行: how well the office kept its own terms of replies, by month and department."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import page
from bot.console.downloads import MOST_ROWS, download
from bot.console.visit import Visit
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.compliance import Compliance, compliance_of
from bot.exports.compliance import export_compliance as write_compliance

SPANS = (1, 3, 12)
USUAL_SPAN = 3


def show_compliance(visit: Visit) -> Response:
    """The months up to this one, made to be printed too."""
    months = _months(visit.asked("months"))
    lines = _lines(visit, months)
    return page(
        visit,
        "compliance.html.j2",
        by_month=[(month, list(some)) for month, some in groupby(lines, lambda one: one.month)],
        months=months,
        spans=SPANS,
        unit=visit.tools.unit_name,
    )


def export_compliance(visit: Visit) -> Response:
    """The same lines as a file."""
    months = _months(visit.fields.get("months", ""))
    lines = _lines(visit, months)[:MOST_ROWS]

    def write(path: Path) -> None:
        write_compliance(path, lines)

    return download(visit, "compliance", asked=str(months), write=write)


def _lines(visit: Visit, months: int) -> Sequence[Compliance]:
    now = visit.tools.clock.now().astimezone(BEIJING)
    year, month = divmod(now.year * 12 + now.month - months, 12)
    since = datetime(year, month + 1, 1, tzinfo=BEIJING)
    return compliance_of(visit.tools.overview.owed_by(since=since, until=now))


def _months(asked: str) -> int:
    return next((span for span in SPANS if str(span) == asked), USUAL_SPAN)
