"""Lists of cases and look-ups by receipt, on both databases."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.cases.clock import Mark, MarkKind
from bot.domain.cases.department import Department
from bot.domain.cases.names import CaseClass
from bot.domain.ids import AccountId, CaseId, DepartmentId, ReplyId
from bot.ports.case_overview import CaseFilter
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests import factories
from tests.factories import account, after, case, deadline, incoming, reply
from tests.fakes.clock import StillClock

HOUSING = DepartmentId("housing")


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Six cases, one late, one whose clock stands, one answered."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    _fill(opened)
    yield opened
    opened.dispose()


def _fill(database: Database) -> None:
    rows = (
        {"department": HOUSING, "deadline": deadline(due_at=after(-5))},
        {"deadline": deadline(due_at=after(-4), is_paused=True), "handler": "li"},
        {"deadline": deadline(due_at=after(30)), "case_class": CaseClass.COMPLAINT},
        {"deadline": deadline(due_at=after(30)), "state": CaseState.ASSIGNED},
        {"deadline": deadline(due_at=after(20)), "state": CaseState.ANSWERED},
        {
            "deadline": deadline(due_at=after(10)),
            "reply": ReplyId("rpy_1"),
            "account": AccountId("acc_1"),
            "subject": "",
            "suggested": True,
        },
    )
    with database.begin() as uow:
        uow.sources.add(factories.source())
        uow.accounts.add(account(), "sealed")
        uow.departments.add(Department(HOUSING, "住建局", date(2020, 1, 1)))
        uow.replies.store([reply(incoming=incoming(text="公积金怎么提取"))])
        for number, changes in enumerate(rows, start=1):
            made = case(id=CaseId(f"case_{number}"), number=f"20261123-00000{number}", **changes)
            uow.cases.add(made)
        uow.commit()


def listed(database: Database, **wanted: object) -> list[str]:
    rows = database.overview().cases(CaseFilter(**wanted))
    return [row.id.removeprefix("case_") for row in rows]


def test_cases_are_listed_by_deadline(database: Database) -> None:
    """The nearest first; equal ones in the order they came."""
    assert listed(database) == ["1", "2", "6", "5", "3", "4"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"running": True}, "12634"),
        ({"states": ("assigned", "answered")}, "54"),
        ({"departments": ("housing",)}, "1"),
        ({"account": "acc_1"}, "6"),
        ({"case_class": "complaint"}, "3"),
        ({"handler": "li"}, "2"),
        ({"suggested": True}, "6"),
        ({"number": "20261123-000004"}, "4"),
        ({"due_before": after(0)}, "1"),
        ({"due_before": after(25)}, "16"),
        ({"states": ("closed",)}, ""),
    ],
)
def test_a_filter_shows_what_it_says(
    database: Database, wanted: dict[str, object], found: str
) -> None:
    """A clock that stands is not near its end, and what is answered has none."""
    assert "".join(listed(database, **wanted)) == found


def test_a_warning_that_has_passed_marks_a_case_until_its_clock_ends(database: Database) -> None:
    """Who has noted it once has it from then on; what is answered is nobody's to warn of."""
    passed = Mark(MarkKind.WARNING, after(-60))
    rows: tuple[dict[str, object], ...] = ({}, {"state": CaseState.ANSWERED})
    with database.begin() as uow:
        for number, changes in enumerate(rows, start=7):
            warned = deadline(due_at=after(90), marks=(passed,))
            names = {"id": CaseId(f"case_{number}"), "number": f"20261123-00000{number}"}
            uow.cases.add(case(**names, deadline=warned, **changes))
        uow.commit()
    before = listed(database, warned=True)

    with database.begin() as uow:
        uow.cases.take_marks(limit=50)
        uow.commit()

    assert before == []
    assert listed(database, warned=True) == ["7"]


def test_pages_follow_each_other_without_gap_or_double(database: Database) -> None:
    """Also between two with one deadline."""
    overview, pages, after_key = database.overview(), [], None
    for _ in range(4):
        rows = overview.cases(CaseFilter(), limit=2, after=after_key)
        pages.append([row.id for row in rows])
        after_key = rows[-1].key if rows else after_key

    assert pages == [["case_1", "case_2"], ["case_6", "case_5"], ["case_3", "case_4"], []]


def test_a_row_shows_the_words_and_who_has_it(database: Database) -> None:
    """A case without a subject shows what the follower wrote."""
    first, *_ = database.overview().cases(CaseFilter(departments=("housing",)))
    asked, *_ = database.overview().cases(CaseFilter(account="acc_1"))

    assert (first.department_name, first.words) == ("住建局", "补贴什么时候发放")
    assert (asked.account_name, asked.platform, asked.words) == (
        "云岭发布",
        "wechat",
        "公积金怎么提取",
    )


def test_counts_are_of_those_who_wait(database: Database) -> None:
    """And of these the late ones; of a department if asked."""
    counts = database.overview().case_counts()
    own = database.overview().case_counts(departments=["housing"])

    assert (counts.states["received"], counts.states["assigned"], counts.overdue) == (4, 1, 1)
    assert "answered" not in counts.states
    assert (own.states["received"], own.overdue) == (1, 1)
