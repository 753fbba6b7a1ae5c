"""覆盖: every release against every channel, what is missing, and how long it took."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import page
from bot.console.downloads import MOST_ROWS, download
from bot.console.visit import Visit
from bot.console.words.duties import interpretation_word, publication_word
from bot.console.words.states import MISSING, Word, coverage_word
from bot.domain.accounts.budgets import BEIJING
from bot.domain.releases.duties import interpretation_duty, publication_duty
from bot.exports.coverage import Covered
from bot.exports.coverage import export_coverage as write_coverage
from bot.ports.overview import AccountRow, CoverageRow

MOST = 60


AT_ONCE = 200


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
        accounts=_enabled(visit),
    )


def export_coverage(visit: Visit) -> Response:
    """All releases, or only those where something lacks, against every account, as a file."""
    only_gaps = visit.fields.get("gaps") == "1"

    def write(path: Path) -> None:
        write_coverage(path, islice(_covered(visit, only_gaps=only_gaps), MOST_ROWS))

    return download(visit, "coverage", asked="gaps" if only_gaps else "", write=write)


def _covered(visit: Visit, *, only_gaps: bool) -> Iterator[Covered]:
    accounts = _enabled(visit)
    for row in _every_row(visit):
        if only_gaps and not _has_gap(row):
            continue
        terms = _terms(row, visit)
        for account in accounts:
            yield Covered(
                row,
                account,
                state=coverage_word(row.cells.get(account.id, "")).text,
                publication=terms.publication.text if terms.publication else "",
                interpretation=terms.interpretation.text if terms.interpretation else "",
            )


def _every_row(visit: Visit) -> Iterator[CoverageRow]:
    offset = 0
    while chunk := visit.tools.overview.coverage(limit=AT_ONCE, offset=offset):
        yield from chunk
        offset += len(chunk)


def _enabled(visit: Visit) -> Sequence[AccountRow]:
    return [account for account in visit.tools.overview.accounts() if account.enabled]


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
