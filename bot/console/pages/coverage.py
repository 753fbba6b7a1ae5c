"""覆盖: every release against every channel, what is missing, and how long it took."""

from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import page
from bot.console.visit import Visit
from bot.console.words.duties import interpretation_word, publication_word
from bot.console.words.states import MISSING, Word, coverage_word
from bot.domain.accounts.budgets import BEIJING
from bot.domain.releases.duties import interpretation_duty, publication_duty
from bot.ports.overview import CoverageRow

MOST = 60


@dataclass(frozen=True)
class Terms:
    """What a release's terms come to; None where nothing is to be said or its days are unknown."""

    publication: Word | None
    interpretation: Word | None


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
        terms={row.release_id: _terms(row, visit) for row in rows},
        only_gaps=only_gaps,
        most=MOST,
        accounts=[account for account in visit.tools.overview.accounts() if account.enabled],
    )


def _has_gap(row: CoverageRow) -> bool:
    return not row.interpretations or any(coverage_word(c) is MISSING for c in row.cells.values())


def _terms(row: CoverageRow, visit: Visit) -> Terms:
    """A document without its day of publication on the site counts as unpublished only where it
    has no live post either."""
    today, calendar = visit.tools.clock.now().astimezone(BEIJING).date(), visit.tools.work_calendar
    live_on = row.first_live_at.astimezone(BEIJING).date() if row.first_live_at else None
    public_on = row.published_on or live_on
    publication = interpretation = None
    if row.issued_on:
        duty = publication_duty(row.issued_on, public_on, today=today, calendar=calendar)
        publication = publication_word(duty)
    if public_on:
        explained = bool(row.interpretations)
        owed = interpretation_duty(public_on, explained=explained, today=today, calendar=calendar)
        interpretation = interpretation_word(owed, row.interpretations)
    return Terms(publication, interpretation)
