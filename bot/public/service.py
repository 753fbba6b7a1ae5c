"""`/tongji`: what the office made public and how well it answers, month by month."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.service import MonthOfService, months_of_service
from bot.domain.statistics.openness import MonthOfDocuments, months_of_documents
from bot.domain.workdays import WorkCalendar
from bot.ports.clock import Clock
from bot.ports.service_figures import ServiceFigures
from bot.public.pages import COMPRESSED, Pages

PATH = "/tongji"
MONTHS = 12
REMEMBERED = timedelta(minutes=10)
"""However many people look, the database is asked no oftener."""


@dataclass(frozen=True)
class PublicMonth:
    """A month as anybody may read it; `service` is None where nothing fell due or was rated."""

    month: date
    service: MonthOfService | None
    documents: MonthOfDocuments


class ServiceMonths:
    """The last twelve months, read at most every ten minutes. Safe to share."""

    def __init__(self, figures: ServiceFigures, clock: Clock, calendar: WorkCalendar) -> None:
        self._figures, self._clock, self._calendar = figures, clock, calendar
        self._turn = threading.Lock()
        self._known: tuple[datetime, Sequence[PublicMonth]] | None = None

    def months(self) -> tuple[datetime, Sequence[PublicMonth]]:
        """When they were read, and the months, the newest first.

        Raises:
            StorageUnavailable: the database is away.
        """
        with self._turn:
            now = self._clock.now()
            if self._known is None or now - self._known[0] >= REMEMBERED:
                self._known = (now, self._read(_first_of_months(now)))
            return self._known

    def _read(self, since: datetime) -> Sequence[PublicMonth]:
        record, opened = (
            self._figures.service(since=since),
            self._figures.openness(since=since.date()),
        )
        service = {
            one.month: one
            for one in months_of_service(
                record.owed, record.reopened, record.stars, record.release_votes
            )
        }
        documents = months_of_documents(opened.documents, opened.corrected_on, self._calendar)
        months = sorted({*service, *documents}, reverse=True)
        nothing = MonthOfDocuments()
        return [PublicMonth(m, service.get(m), documents.get(m, nothing)) for m in months]


def service_routes(
    figures: ServiceFigures, clock: Clock, calendar: WorkCalendar, pages: Pages
) -> list[Route]:
    """The page."""
    known = ServiceMonths(figures, clock, calendar)

    def show(_request: Request) -> Response:
        read_at, months = known.months()
        context = {"here": PATH, "months": months, "read_at": read_at}
        return pages.shared("service.html.j2", context)

    return [Route(PATH, pages.calm(show), methods=["GET"], middleware=COMPRESSED)]


def _first_of_months(now: datetime) -> datetime:
    """The beginning of the month eleven months ago, in Beijing."""
    local = now.astimezone(BEIJING)
    year, month = divmod(local.year * 12 + local.month - MONTHS, 12)
    return datetime(year, month + 1, 1, tzinfo=BEIJING)
