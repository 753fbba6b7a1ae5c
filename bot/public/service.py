"""`/tongji`: how well the office answers, month by month."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.service import MonthOfService, months_of_service
from bot.ports.clock import Clock
from bot.ports.service_figures import ServiceFigures
from bot.public.pages import COMPRESSED, Pages

PATH = "/tongji"
MONTHS = 12
REMEMBERED = timedelta(minutes=10)
"""However many people look, the database is asked no oftener."""


class ServiceMonths:
    """The last twelve months, read at most every ten minutes. Safe to share."""

    def __init__(self, figures: ServiceFigures, clock: Clock) -> None:
        self._figures, self._clock = figures, clock
        self._turn = threading.Lock()
        self._known: tuple[datetime, Sequence[MonthOfService]] | None = None

    def months(self) -> tuple[datetime, Sequence[MonthOfService]]:
        """When they were read, and the months, the newest first.

        Raises:
            StorageUnavailable: the database is away.
        """
        with self._turn:
            now = self._clock.now()
            if self._known is None or now - self._known[0] >= REMEMBERED:
                record = self._figures.service(since=_first_of_months(now))
                months = months_of_service(
                    record.owed, record.reopened, record.stars, record.release_votes
                )
                self._known = (now, months)
            return self._known


def service_routes(figures: ServiceFigures, clock: Clock, pages: Pages) -> list[Route]:
    """The page."""
    known = ServiceMonths(figures, clock)

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
