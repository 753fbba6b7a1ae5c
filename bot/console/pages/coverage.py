"""覆盖: every release against every channel, what is missing, and how long it took."""

from starlette.responses import Response

from bot.console.answering import page
from bot.console.visit import Visit
from bot.console.words.states import MISSING, coverage_word
from bot.ports.overview import CoverageRow

MOST = 100


def show_coverage(visit: Visit) -> Response:
    """A row a release, a column an account; `?gaps=1` shows only rows where something lacks."""
    only_gaps = visit.asked("gaps") == "1"
    rows = visit.tools.overview.coverage(limit=MOST)
    if only_gaps:
        rows = [row for row in rows if _has_gap(row)]
    return page(
        visit,
        "coverage.html.j2",
        rows=rows,
        only_gaps=only_gaps,
        most=MOST,
        accounts=[account for account in visit.tools.overview.accounts() if account.enabled],
    )


def _has_gap(row: CoverageRow) -> bool:
    return not row.interpretations or any(coverage_word(c) is MISSING for c in row.cells.values())
