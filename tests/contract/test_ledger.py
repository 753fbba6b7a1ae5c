"""What was made public beside what was asked, and what fell due, in every database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.cases.department import Department
from bot.domain.cases.disclosure import Application
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.cases.names import CaseClass
from bot.domain.ids import CaseId, DepartmentId, PostId, ReleaseId, ReplyId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.opinion import ReleaseVote
from bot.domain.releases.release import ReleaseState
from bot.domain.statistics.openness import PublicDocument
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests import factories as make
from tests.fakes.clock import StillClock

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY = 86_400
WATER = DepartmentId("water")


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A released document with a live post that was read, asked about and rated; another that is
    not released; two cases whose term has ended, one of them an application."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    _fill(opened)
    yield opened
    opened.dispose()


def _fill(database: Database) -> None:
    live = Receipt(published=Fact(make.after(2), "event"))
    asked = make.reply(id=ReplyId("rpy_1"), post=PostId("pst_1"))
    with database.begin() as uow:
        uow.sources.add(make.source())
        uow.accounts.add(make.account(), "{}")
        content = make.content(published_on=None, issued_on=date(2026, 11, 20))
        uow.releases.add(make.release(content=content, state=ReleaseState.RELEASED))
        uow.releases.add(make.release(id=ReleaseId("rel_2"), source_key="2"))
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        delivered = {"state": DeliveryState.DELIVERED, "next_at": None, "receipt": live}
        uow.deliveries.add(make.delivery(**delivered))
        uow.statistics.save_articles([make.article(post=PostId("pst_1"))])
        days = [make.article_day(0, readers=90), make.article_day(1, readers=120)]
        uow.statistics.save_article_days(days)
        uow.replies.store([asked])
        uow.release_votes.add(ReleaseVote(ReleaseId("rel_1"), "v", True, "", make.NOW))
        uow.departments.add(Department(WATER, "水务局", date(2020, 1, 1)))
        answered = {"state": CaseState.CLOSED, "answered_at": make.after(-DAY)}
        due = make.deadline(due_at=make.after(-60))
        uow.cases.add(make.case(reply=asked.id, department=WATER, deadline=due, **answered))
        uow.cases.note(CaseEvent(CaseId("case_1"), EventKind.REMINDED, make.NOW, "li"))
        applied = {"id": CaseId("case_2"), "number": "20261123-000002", "deadline": due}
        uow.cases.add(make.case(case_class=CaseClass.DISCLOSURE, **applied))
        uow.cases.save_application(Application(CaseId("case_2"), make.after(-9 * DAY)))
        merged = {"id": CaseId("case_3"), "number": "20261123-000003", "deadline": due}
        uow.cases.add(make.case(state=CaseState.MERGED, **merged))
        uow.commit()


def test_a_document_stands_beside_what_came_of_it(database: Database) -> None:
    """Its newest figures, what was asked and answered, votes; others are not public."""
    (line,) = database.overview().ledger(since=LONG_AGO)

    assert (line.release, line.live, line.readers) == ("rel_1", 1, 120)
    assert (line.asked, line.cases, line.answered) == (1, 1, 1)
    assert (line.useful, line.useless) == (1, 0)
    assert line.public_on == date(2026, 11, 23)
    assert database.overview().ledger(since=make.after(DAY)) == []


def test_applications_are_listed_with_their_terms(database: Database) -> None:
    """Of all, or of one department."""
    overview = database.overview()

    (line,) = overview.applications(since=LONG_AGO)

    assert (line.case, line.filed_at, line.answered_at) == ("case_2", make.after(-9 * DAY), None)
    assert overview.applications(since=LONG_AGO, department="water") == []
    assert overview.applications(since=make.after(-8 * DAY)) == []


def test_what_fell_due_is_told_by_department(database: Database) -> None:
    """With how often somebody had to ask; merged cases are none."""
    owed = database.overview().owed_by(since=LONG_AGO, until=make.after(DAY))

    told = {one.department: (one.reminded, one.supervised, one.is_closed) for one in owed}
    assert told == {"水务局": (1, 0, True), "": (0, 0, False)}
    assert database.overview().owed_by(since=make.NOW, until=make.after(DAY)) == []


def test_a_document_is_public_since_its_first_live_post(database: Database) -> None:
    """Where the site named no day."""
    record = database.service_figures().openness(since=date(2026, 11, 1))

    assert record.documents == [PublicDocument(date(2026, 11, 23), date(2026, 11, 20))]
    assert record.corrected_on == []
    assert database.service_figures().openness(since=date(2026, 11, 24)).documents == []
