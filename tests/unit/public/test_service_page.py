"""The page of figures shows shares by month and does not ask the database for everybody."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.ids import ReleaseId
from bot.domain.releases.release import ReleaseState
from bot.ports.service_figures import OpennessRecord, ServiceRecord
from bot.public.service import ServiceMonths
from bot.regulations.calendar import work_calendar
from tests import factories as make
from tests.factories import after, deadline
from tests.fakes.clock import StillClock
from tests.unit.public.street import DAY, Street, street_on


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


def test_shares_and_times_are_shown(street: Street) -> None:
    """Of what fell due, answered or not."""
    street.answered(1, deadline=deadline(due_at=after(2 * DAY)))
    street.answered(
        2,
        deadline=deadline(due_at=after(DAY)),
        state=CaseState.ANSWERING,
        answered_at=None,
        answer_text="",
    )
    street.clock.pass_seconds(3 * DAY)

    page = street.passer_by().get("/tongji")

    assert "<strong>50%</strong>，应答复 2 件，按期 1 件" in page.text
    assert "一半在 24 小时以内" in page.text
    assert "问 2 件，答 1 件（50%），来信人评 0 件（答复的 0%）" in page.text
    assert "0 件重新办理过，占 0%" in page.text
    assert page.headers["cache-control"].startswith("public")


def test_the_first_day_has_no_figures(street: Street) -> None:
    """And says so."""
    assert "暂无统计" in street.passer_by().get("/tongji").text


def test_documents_delays_and_corrections_are_shown(street: Street) -> None:
    """By the month in which a document became public; another version is no other document, and
    what is not released counts for nothing."""
    late = make.content(issued_on=date(2026, 10, 9), published_on=date(2026, 11, 20))
    first = make.release(content=late, state=ReleaseState.RELEASED)
    mended = make.content(correction="更正金额", published_on=date(2026, 11, 20))
    with street.storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(first)
        uow.releases.add(make.release(version=2, content=mended, state=ReleaseState.RELEASED))
        in_time = make.content(issued_on=date(2026, 11, 18), published_on=date(2026, 11, 20))
        for number, state in ((2, ReleaseState.RELEASED), (3, ReleaseState.APPROVED)):
            key = {"id": ReleaseId(f"rel_{number}"), "source_key": str(number)}
            uow.releases.add(make.release(content=in_time, state=state, **key))
        uow.commit()

    page = street.passer_by().get("/tongji").text

    assert "2 份，其中 1 份超过 20 个工作日才公开" in page
    assert "<dt>更正</dt><dd>1 次</dd>" in page


class CountedFigures:
    """Keeps the promise of `ports.service_figures.ServiceFigures`; counts its reads."""

    def __init__(self) -> None:
        self.asked: list[datetime] = []

    def service(self, *, since: datetime) -> ServiceRecord:
        self.asked.append(since)
        return ServiceRecord([], [], [])

    def openness(self, *, since: date) -> OpennessRecord:
        return OpennessRecord([], [])


def test_many_readers_cost_one_read_in_ten_minutes() -> None:
    """It reaches back to the first of the month eleven months ago, in Beijing."""
    figures, clock = CountedFigures(), StillClock()
    known = ServiceMonths(figures, clock, work_calendar())

    for seconds in (0, 599, 1):
        clock.pass_seconds(seconds)
        known.months()

    assert [since.isoformat() for since in figures.asked] == ["2025-12-01T00:00:00+08:00"] * 2
